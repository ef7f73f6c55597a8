# systemd-networkd gives the address, and ifupdown none.
# starts-from: solved
# loses:
# why: either is kept at boot.
## on serv1
rm /etc/network/interfaces.d/eth0
printf '[Match]\nName=eth0\n[Network]\nAddress=%s/%s\n' "$SERV1" "$PREFIX" > /etc/systemd/network/10-lan.network
systemctl --quiet enable --now systemd-networkd
## on serv2
rm /etc/network/interfaces.d/eth0
printf '[Match]\nName=eth0\n[Network]\nAddress=%s/%s\n' "$SERV2" "$PREFIX" > /etc/systemd/network/10-lan.network
systemctl --quiet enable --now systemd-networkd
