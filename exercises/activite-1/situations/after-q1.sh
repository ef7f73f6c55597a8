# Question 1: the machines have their names, know one another's, and keep their addresses.
# starts-from: fresh
## on serv1
named serv1
hosts "$SERV1 serv1" "$SERV2 serv2"
static_address "$SERV1"
## on serv2
named serv2
hosts "$SERV1 serv1" "$SERV2 serv2"
static_address "$SERV2"
