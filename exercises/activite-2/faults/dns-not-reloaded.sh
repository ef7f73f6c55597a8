# The zone file is right, but the name server never read it again.
# starts-from: after-q9
# loses: Q5.names
# why: BIND goes on answering with what it read before.
## on dns
sed -i -e "s/^www IN A .*/www IN A $SERV1/" -e 's/(2 3600/(3 3600/' "$ZONE_FILE"
rndc reload "$ZONE"
until dig +short "@$DNS" "$SITE" | grep -qxF "$SERV1"; do sleep 0.2; done
sed -i -e "s/^www IN A .*/www IN A $VIP/" "$ZONE_FILE"
