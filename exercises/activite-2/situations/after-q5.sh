# Question 5: the site's name points at the virtual address.
# starts-from: after-q4
## on dns
sed -i -e "s/^www IN A .*/www IN A $VIP/" -e 's/(1 3600/(2 3600/' "$ZONE_FILE"
rndc reload "$ZONE"
until dig +short "@$DNS" "$SITE" | grep -qxF "$VIP"; do sleep 0.2; done
