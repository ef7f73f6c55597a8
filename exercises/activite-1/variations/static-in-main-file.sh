# The stanza is in /etc/network/interfaces itself, with a netmask and allow-hotplug.
# starts-from: solved
# loses:
# why: ifupdown reads it all the same.
## on serv1
rm /etc/network/interfaces.d/eth0
cat >> /etc/network/interfaces <<CONF
allow-hotplug eth0
iface eth0 inet static
    address $SERV1
    netmask 255.255.255.0
CONF
## on serv2
rm /etc/network/interfaces.d/eth0
cat >> /etc/network/interfaces <<CONF
allow-hotplug eth0
iface eth0 inet static
    address $SERV2
    netmask 255.255.255.0
CONF
