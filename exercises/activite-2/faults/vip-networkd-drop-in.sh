# The virtual address stands in a drop-in of systemd-networkd, which is enabled.
# starts-from: solved
# loses: Q1.not-static
# why: a drop-in adds to the file that it belongs to (systemd.network(5)), and from the next boot on networkd gives the address.
## on serv1
mkdir -p /etc/systemd/network/10-lan.network.d
cat > /etc/systemd/network/10-lan.network <<CONF
[Match]
Name=eth0

[Network]
Address=${VIP%.*}.10/24
CONF
cat > /etc/systemd/network/10-lan.network.d/web.conf <<CONF
[Address]
Address=$VIP/24
Label=eth0:0
CONF
systemctl --quiet enable systemd-networkd
