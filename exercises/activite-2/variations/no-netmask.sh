# No mask is given.
# starts-from: solved
# loses:
# why: the agent takes the network's own.
## on serv1
crm_resource --resource IPFailover --delete-parameter cidr_netmask
settled
