# The address is moved by IPaddr, the older agent.
# starts-from: fresh
# loses: Q1.primitive
# why: the sheet asks for ocf:heartbeat:IPaddr2; what is asked about that resource cannot be found.
## on serv1
crm configure <<EOF
primitive IPFailover ocf:heartbeat:IPaddr params ip=$VIP cidr_netmask=24 nic=eth0 op monitor interval=10s op start timeout=30s interval=0 op stop timeout=40s interval=0
primitive serviceWeb lsb:apache2 op monitor interval=60s op start interval=0 timeout=60s op stop interval=0 timeout=60s
group servweb IPFailover serviceWeb meta migration-threshold=5
commit
quit
EOF
settled
