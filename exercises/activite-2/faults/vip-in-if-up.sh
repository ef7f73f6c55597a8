# A script that ifup runs gives the virtual address.
# starts-from: solved
# loses: Q1.not-static
# why: run-parts runs what is executable in if-up.d for every interface that comes up.
## on serv2
cat > /etc/network/if-up.d/adresse <<SCRIPT
#!/bin/sh
[ "\$IFACE" = eth0 ] || exit 0
ifconfig eth0:0 $VIP netmask 255.255.255.0 up
SCRIPT
chmod +x /etc/network/if-up.d/adresse
