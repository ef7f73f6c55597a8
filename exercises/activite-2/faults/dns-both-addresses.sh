# The site's name leads to the virtual address and to the primary's own.
# starts-from: solved
# loses: Q5.names
# why: every other client still goes to the primary, whether that lives or not.
## on dns
sed -i -e 's/(2 3600/(3 3600/' "$ZONE_FILE"
echo "www IN A $SERV1" >> "$ZONE_FILE"
rndc reload "$ZONE"
until dig +short "@$DNS" "$SITE" | grep -qxF "$SERV1"; do sleep 0.2; done
