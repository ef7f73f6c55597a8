# Stickiness keeps the resources on the second node, where they were before anybody preferred the first.
# starts-from: fresh
# loses: Q3.on-primary
# why: no failover brought them there; the question was to bring them to the primary.
## on dns
sed -i -e "s/^www IN A .*/www IN A $VIP/" -e 's/(1 3600/(2 3600/' "$ZONE_FILE"
rndc reload "$ZONE"
until dig +short "@$DNS" "$SITE" | grep -qxF "$VIP"; do sleep 0.2; done
## on serv1
crm configure <<EOF
rsc_defaults resource-stickiness=100
primitive IPFailover ocf:heartbeat:IPaddr2 params ip=$VIP cidr_netmask=24 nic=eth0 iflabel=VIP op monitor interval=10s op start timeout=30s interval=0 op stop timeout=40s interval=0
primitive serviceWeb lsb:apache2 op monitor interval=60s op start interval=0 timeout=60s op stop interval=0 timeout=60s
group servweb IPFailover serviceWeb meta migration-threshold=5
location temporaire servweb inf: serv2
commit
quit
EOF
settled
crm configure delete temporaire
crm configure location prefere-serv1 servweb 50: serv1
settled
