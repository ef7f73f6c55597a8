# The static address is written, but the interface is not brought up at boot.
# starts-from: solved
# loses: Q1.static
# why: `auto eth0` (or allow-hotplug) is missing.
## on serv1
sed -i '/^auto eth0/d' /etc/network/interfaces.d/eth0
