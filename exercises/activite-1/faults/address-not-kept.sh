# The secondary never got a static address.
# starts-from: solved
# loses: Q1.static
# why: it has one for this session, and nothing says which one it will have after a reboot.
## on serv2
rm /etc/network/interfaces.d/eth0
