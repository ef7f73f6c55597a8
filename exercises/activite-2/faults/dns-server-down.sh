# The name server is not running.
# starts-from: solved
# loses: Q5.names
# why: nobody who knows the site by its name gets there.
## on dns
rndc stop
while dig +short +tries=1 +time=1 "@$DNS" "$SITE" | grep -q "^[0-9]"; do sleep 0.2; done
