# Fencing was never switched off.
# starts-from: solved
# loses: Q4.fencing
# why: stonith-enabled is true by default, and there is no device.
# ci: yes
## on serv1
crm_attribute --type crm_config --name stonith-enabled --delete
settled
