# The interface is given for each node by a rule, as if it were called otherwise on the other.
# starts-from: solved
# loses:
# why: whichever rule holds, the interface is there.
## on serv1
cat > /root/rules.crm <<EOF
primitive IPFailover ocf:heartbeat:IPaddr2 params 10: rule #uname eq serv1 nic=eth0 params 5: rule #uname eq serv2 nic=eth0 params ip=$VIP cidr_netmask=24 iflabel=VIP op monitor interval=10s op start timeout=30s interval=0 op stop timeout=40s interval=0
EOF
crm configure load update /root/rules.crm
settled
