# The names are the name server's, and /etc/hosts has none.
# starts-from: solved
# loses:
# why: the sheet leaves the choice.
# ci: yes
## on serv1
hosts '127.0.1.1 debian'
printf 'search %s\nnameserver %s\n' "$ZONE" "$DNS" > /etc/resolv.conf
## on serv2
hosts '127.0.1.1 debian'
printf 'search %s\nnameserver %s\n' "$ZONE" "$DNS" > /etc/resolv.conf
