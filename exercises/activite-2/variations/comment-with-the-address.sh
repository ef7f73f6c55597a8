# The network files name the virtual address in comments, and take it away when the interface goes down.
# starts-from: solved
# loses:
# why: what is brought up at boot decides, not the look of a line.
## on serv1
cat >> /etc/network/interfaces <<CONF
    # up ip addr add $VIP/24 dev eth0
    up logger "eth0 is up, $VIP comes from the cluster" # ip addr add $VIP/24 dev eth0
    down ip addr del $VIP/24 dev eth0 || true
#auto eth0:0
iface eth0:0 inet static
    address $VIP/24
CONF
