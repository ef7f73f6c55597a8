# The virtual address is also configured in the network files of the primary.
# starts-from: solved
# loses: Q1.not-static
# why: the machine brings the address up at boot by itself, whatever the cluster says, and IPaddr2 takes it for started.
## on serv1
cat >> /etc/network/interfaces <<EOF

auto eth0:0
iface eth0:0 inet static
    address $VIP
    netmask 255.255.255.0
EOF
