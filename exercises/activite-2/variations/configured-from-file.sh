# The whole configuration was loaded from a file.
# starts-from: fresh
# loses:
# why: “load” of document 2 instead of typing.
## on dns
sed -i -e "s/^www IN A .*/www IN A $VIP/" -e 's/(1 3600/(2 3600/' "$ZONE_FILE"
rndc reload "$ZONE"
until dig +short "@$DNS" "$SITE" | grep -qxF "$VIP"; do sleep 0.2; done
## on serv1
cat > /root/sauveha.conf <<EOF
primitive IPFailover IPaddr2 params ip="$VIP" cidr_netmask="255.255.255.0" nic="eth0" op monitor interval="10s" timeout="20s" op start interval="0" timeout="30s" op stop interval="0" timeout="40s"
primitive serviceWeb lsb:apache2 op monitor interval="60s" op start interval="0" timeout="60s" op stop interval="0" timeout="60s"
group servweb IPFailover serviceWeb meta migration-threshold="5"
location cli-prefer-IPFailover IPFailover role=Started inf: serv1
EOF
crm configure load update /root/sauveha.conf
settled
