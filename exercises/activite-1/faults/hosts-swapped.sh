# The two addresses were swapped in the secondary's /etc/hosts.
# starts-from: solved
# loses: Q1.resolves-serv1, Q1.resolves-serv2
# why: each name leads to the other machine.
## on serv2
hosts "$SERV2 serv1" "$SERV1 serv2"
