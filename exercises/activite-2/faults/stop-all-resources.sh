# The cluster was told to stop everything.
# starts-from: solved
# loses: Q1.running
# halts: yes
# why: stop-all-resources=true stays until it is taken back.
## on serv1
crm_attribute --type crm_config --name stop-all-resources --update true
settled
