# The start time-out is wrong, and stands in the template that the address is made from.
# starts-from: fresh
# loses: Q1.start-timeout
# why: what a template sets is no default: it is said as what it is.
## on dns
sed -i -e "s/^www IN A .*/www IN A $VIP/" -e 's/(1 3600/(2 3600/' "$ZONE_FILE"
rndc reload "$ZONE"
until dig +short "@$DNS" "$SITE" | grep -qxF "$VIP"; do sleep 0.2; done
## on serv1
crm configure <<EOF
rsc_template adresse ocf:heartbeat:IPaddr2 params cidr_netmask=24 nic=eth0 iflabel=VIP op monitor interval=10s op start timeout=25s interval=0 op stop timeout=40s interval=0
primitive IPFailover @adresse params ip=$VIP
primitive serviceWeb lsb:apache2 op monitor interval=60s op start interval=0 timeout=60s op stop interval=0 timeout=60s
group servweb IPFailover serviceWeb meta migration-threshold=5
location prefere-serv1 servweb 50: serv1
commit
quit
EOF
settled
