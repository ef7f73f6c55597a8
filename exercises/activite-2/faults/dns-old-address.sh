# The site's name still leads to the primary's own address.
# starts-from: solved
# loses: Q5.names
# why: clients that know the name miss every failover.
# ci: yes
## on dns
sed -i -e "s/^www IN A .*/www IN A $SERV1/" -e 's/(2 3600/(3 3600/' "$ZONE_FILE"
rndc reload "$ZONE"
until dig +short "@$DNS" "$SITE" | grep -qxF "$SERV1"; do sleep 0.2; done
