# A netplan file with the virtual address was put aside, and another names it as a name server.
# starts-from: solved
# loses:
# why: netplan reads *.yaml only, and a name server's address is given to no interface.
## on serv1
mkdir -p /etc/netplan
cat > /etc/netplan/50-lan.yaml.bak <<CONF
network:
  version: 2
  ethernets:
    eth0:
      addresses:
        - $VIP/24
CONF
cat > /etc/netplan/50-lan.yaml <<CONF
network:
  version: 2
  ethernets:
    eth0:
      addresses: [${VIP%.*}.10/24]  # not $VIP/24
      nameservers:
        addresses: [$VIP]
      routes:
        - {to: 10.0.0.0/8, via: $VIP}
CONF
