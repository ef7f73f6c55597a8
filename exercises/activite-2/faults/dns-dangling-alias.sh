# The site's name is an alias of a name that does not exist.
# starts-from: solved
# loses: Q5.names
# why: a CNAME leads nowhere without an address at its end.
## on dns
sed -i -e "s/^www IN A .*/www IN CNAME intralab/" -e 's/(2 3600/(3 3600/' "$ZONE_FILE"
rndc reload "$ZONE"
while dig +short "@$DNS" "$SITE" | grep -q "^[0-9]"; do sleep 0.2; done
