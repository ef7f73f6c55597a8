# The name server answers to itself only.
# starts-from: solved
# loses: Q5.names
# why: allow-query keeps every client out.
## on dns
sed -i 's/recursion no;/recursion no; allow-query { 127.0.0.1; };/' /etc/bind/named.conf
rndc reconfig
while dig +short "@$DNS" "$SITE" | grep -q "^[0-9]"; do sleep 0.2; done
