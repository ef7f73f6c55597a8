# The zone has no record for the site.
# starts-from: solved
# loses: Q5.names
# why: the old record was taken out and no new one made.
## on dns
sed -i -e "/^www IN A /d" -e 's/(2 3600/(3 3600/' "$ZONE_FILE"
rndc reload "$ZONE"
while dig +short "@$DNS" "$SITE" | grep -q .; do sleep 0.2; done
