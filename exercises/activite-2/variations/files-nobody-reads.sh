# The virtual address stands in files that nothing reads at boot.
# starts-from: solved
# loses:
# why: no `source` names interfaces.d, networkd is not enabled, rc.local is not executable, run-parts takes no name with a dot.
## on serv2
mkdir -p /etc/network/interfaces.d
cat > /etc/network/interfaces.d/web <<CONF
auto eth0:0
iface eth0:0 inet static
    address $VIP/24
CONF
printf '[Match]\nName=eth0\n[Network]\nAddress=%s/24\n' "$VIP" > /etc/systemd/network/20-web.network
printf '#!/bin/sh\nip addr add %s/24 dev eth0\n' "$VIP" > /etc/rc.local
cp /etc/rc.local /etc/network/if-up.d/adresse.sh
chmod +x /etc/network/if-up.d/adresse.sh
