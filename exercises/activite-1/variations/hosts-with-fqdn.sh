# /etc/hosts has three lines, with the full names first, and what Debian has for IPv6.
# starts-from: solved
# loses:
# why: the short name is an alias.
## on serv1
hosts "$SERV1 serv1.$ZONE serv1" "$SERV2 serv2.$ZONE serv2" "::1 localhost ip6-localhost ip6-loopback"
## on serv2
hosts "$SERV1 serv1.$ZONE serv1" "$SERV2 serv2.$ZONE serv2" "::1 localhost ip6-localhost ip6-loopback"
