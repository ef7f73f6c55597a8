# The address is moved by a copy of the agent under another provider.
# starts-from: fresh
# loses: Q1.primitive
# why: the sheet asks for ocf:heartbeat:IPaddr2; all the rest is as it asks, and works.
## on serv1
mkdir -p /usr/lib/ocf/resource.d/perso && cp /usr/lib/ocf/resource.d/heartbeat/IPaddr2 /usr/lib/ocf/resource.d/perso/VirtualIP
## on serv2
mkdir -p /usr/lib/ocf/resource.d/perso && cp /usr/lib/ocf/resource.d/heartbeat/IPaddr2 /usr/lib/ocf/resource.d/perso/VirtualIP
## on serv1
crm configure <<EOF
primitive IPFailover ocf:perso:VirtualIP params ip=$VIP cidr_netmask=24 nic=eth0 op monitor interval=10s op start timeout=30s interval=0 op stop timeout=40s interval=0
primitive serviceWeb lsb:apache2 op monitor interval=60s op start interval=0 timeout=60s op stop interval=0 timeout=60s
group servweb IPFailover serviceWeb meta migration-threshold=5
commit
quit
EOF
settled
