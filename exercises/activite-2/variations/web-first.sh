# The web service was configured before the address.
# starts-from: fresh
# loses:
# why: the order of the questions is not the order of the configuration.
## on dns
sed -i -e "s/^www IN A .*/www IN A $VIP/" -e 's/(1 3600/(2 3600/' "$ZONE_FILE"
rndc reload "$ZONE"
until dig +short "@$DNS" "$SITE" | grep -qxF "$VIP"; do sleep 0.2; done
## on serv1
crm configure primitive serviceWeb lsb:apache2 op monitor interval=60s op start interval=0 timeout=60s op stop interval=0 timeout=60s
crm configure primitive IPFailover ocf:heartbeat:IPaddr2 params ip="$VIP" cidr_netmask=24 nic=eth0 op monitor interval=10s op start timeout=30s op stop timeout=40s
crm configure group servweb IPFailover serviceWeb meta migration-threshold=5
crm configure location prefere-serv1 servweb 50: serv1
settled
