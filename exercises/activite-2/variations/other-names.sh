# Every resource has another name.
# starts-from: fresh
# loses:
# why: names are free.
## on dns
sed -i -e "s/^www IN A .*/www IN A $VIP/" -e 's/(1 3600/(2 3600/' "$ZONE_FILE"
rndc reload "$ZONE"
until dig +short "@$DNS" "$SITE" | grep -qxF "$VIP"; do sleep 0.2; done
## on serv1
crm configure <<EOF
primitive VIP ocf:heartbeat:IPaddr2 params ip=$VIP cidr_netmask=24 nic=eth0 op monitor interval=10s op start timeout=30s interval=0 op stop timeout=40s interval=0
primitive Apache lsb:apache2 op monitor interval=60s op start interval=0 timeout=60s op stop interval=0 timeout=60s
group servIntralab VIP Apache meta migration-threshold=5
location serv1-dabord servIntralab inf: serv1
commit
quit
EOF
settled
