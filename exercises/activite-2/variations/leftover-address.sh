# A second address, stopped, is left over from an earlier exercise.
# starts-from: solved
# loses:
# why: the one with the agreed address is meant.
## on serv1
crm configure primitive ancienneIP ocf:heartbeat:IPaddr2 params ip=10.20.30.40 cidr_netmask=24 nic=eth0 meta target-role=Stopped
settled
