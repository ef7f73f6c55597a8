# Fencing was never switched off, and there is no fencing device.
# starts-from: solved
# loses: H0.fencing
# why: without a fencing device Pacemaker starts nothing while stonith-enabled is true, which is the default. What it prevents is blocked, not lost.
## on serv1
# Pacemaker leaves running what was started before: everything is stopped first, since it would never have started.
crm_attribute --type crm_config --name stop-all-resources --update true
settled
crm_attribute --type crm_config --name stonith-enabled --delete
crm_attribute --type crm_config --name stop-all-resources --delete
settled
