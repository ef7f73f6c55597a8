# Debian's 127.0.1.1 was left in /etc/hosts, with the new name.
# starts-from: solved
# loses: Q1.resolves-serv1
# why: on serv1 the name serv1 leads to the loopback as well.
# ci: yes
## on serv1
hosts "127.0.1.1 serv1" "$SERV1 serv1" "$SERV2 serv2"
