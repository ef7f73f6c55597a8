# The virtual address is also given by a command in the network files of the primary.
# starts-from: solved
# loses: Q1.not-static
# why: ifup runs what stands behind `up`, and `ip a a` is `ip address add`: the address is up at boot, whatever the cluster says.
## on serv1
echo "    up ip a a $VIP/24 dev eth0" >> /etc/network/interfaces
