# The virtual address is configured in a file that the primary's network files take in.
# starts-from: solved
# loses: Q1.not-static
# why: interfaces(5) reads what `source` names as if it stood there.
## on serv1
mkdir /etc/network/adresses
echo 'source adresses/*.cfg' >> /etc/network/interfaces
cat > /etc/network/adresses/web.cfg <<CONF
auto eth0:0
iface eth0:0 inet static
    address $VIP/24
CONF
