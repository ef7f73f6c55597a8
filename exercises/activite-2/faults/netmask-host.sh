# The address has the mask of a single host.
# starts-from: solved
# loses: Q1.netmask
# why: /32 where the lab's network is a /24.
## on serv1
crm_resource --resource IPFailover --set-parameter cidr_netmask --parameter-value 32
settled
