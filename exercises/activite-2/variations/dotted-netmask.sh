# The mask is written with dots.
# starts-from: solved
# loses:
# why: 255.255.255.0 is 24.
## on serv1
crm_resource --resource IPFailover --set-parameter cidr_netmask --parameter-value 255.255.255.0
settled
