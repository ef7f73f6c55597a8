# The virtual address was also put on the secondary by hand.
# starts-from: solved
# loses: Q1.running, Q2.agreement
# why: both machines answer for the address, and the cluster knows of one only.
## on serv2
ip addr add "$VIP/24" dev eth0
