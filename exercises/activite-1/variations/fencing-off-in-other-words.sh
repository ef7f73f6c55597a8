# stonith-enabled is “No”.
# starts-from: solved
# loses:
# why: Pacemaker takes false, off, no, n and 0 alike.
## on serv1
crm_attribute --type crm_config --name stonith-enabled --update No
settled
