# No interface is given.
# starts-from: solved
# loses:
# why: the agent finds the one that leads to the address.
## on serv1
crm_resource --resource IPFailover --delete-parameter nic
settled
