# The site's name is an alias of another that leads to the address.
# starts-from: solved
# loses:
# why: an alias leads there all the same.
## on dns
sed -i -e 's/^www IN A .*/www IN CNAME intralab/' -e 's/(2 3600/(3 3600/' "$ZONE_FILE"
echo "intralab IN A $VIP" >> "$ZONE_FILE"
rndc reload "$ZONE"
until dig +short "@$DNS" "$SITE" | grep -q '^intralab'; do sleep 0.2; done
