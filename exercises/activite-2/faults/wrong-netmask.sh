# The address has the mask of another network.
# starts-from: solved
# ci: yes
# loses: Q1.netmask
# why: /16 where the lab's network is a /24.
## on serv1
crm resource param IPFailover set cidr_netmask 16
settled
