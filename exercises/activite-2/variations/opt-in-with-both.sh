# An opt-in cluster in which the group may run on both nodes.
# starts-from: solved
# loses:
# why: with a score of 0 for the second node the failover is allowed.
## on serv1
crm configure location aussi-serv2 servweb 0: serv2
crm configure property symmetric-cluster=false
settled
