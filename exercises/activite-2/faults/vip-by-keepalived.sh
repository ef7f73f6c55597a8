# keepalived is to give the virtual address as well.
# starts-from: solved
# loses: Q1.not-static
# why: two programs that move one address do not ask one another. The class has no keepalived: a unit stands for it.
## on serv1
mkdir /etc/keepalived
cat > /etc/keepalived/keepalived.conf <<CONF
vrrp_instance VI_1 {
    state MASTER
    interface eth0
    virtual_router_id 51
    virtual_ipaddress {
        $VIP/24 dev eth0 label eth0:1
    }
}
CONF
cat > /etc/systemd/system/keepalived.service <<CONF
[Service]
ExecStart=/bin/true
[Install]
WantedBy=multi-user.target
CONF
systemctl --quiet enable keepalived
