# The virtual address is also given by the secondary's rc.local.
# starts-from: solved
# loses: Q1.not-static
# why: systemd runs an executable rc.local at every boot: both machines then have the address.
## on serv2
cat > /etc/rc.local <<SCRIPT
#!/bin/sh -e
VIP=$VIP
ip addr show dev eth0 >/dev/null && /sbin/ip addr add "\$VIP/24" dev eth0 label eth0:VIP
exit 0
SCRIPT
chmod +x /etc/rc.local
