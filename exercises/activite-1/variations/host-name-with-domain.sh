# The machines call themselves by their full names.
# starts-from: solved
# loses:
# why: the nodelist has the nodes' names, so the cluster does not mind.
## on serv1
named "serv1.$ZONE"
hosts "$SERV1 serv1.$ZONE serv1" "$SERV2 serv2.$ZONE serv2"
## on serv2
named "serv2.$ZONE"
hosts "$SERV1 serv1.$ZONE serv1" "$SERV2 serv2.$ZONE serv2"
