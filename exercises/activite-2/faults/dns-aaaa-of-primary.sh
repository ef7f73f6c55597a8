# The site's name leads to the virtual address, and by an AAAA record to the primary itself.
# starts-from: solved
# loses: Q5.names
# why: a browser that has IPv6 asks for both and goes to the primary, whether that lives or not.
## on dns
sed -i -e 's/(2 3600/(3 3600/' "$ZONE_FILE"
echo "www IN AAAA fd00::10" >> "$ZONE_FILE"
rndc reload "$ZONE"
until dig +short "@$DNS" "$SITE" AAAA | grep -qxF "fd00::10"; do sleep 0.2; done
