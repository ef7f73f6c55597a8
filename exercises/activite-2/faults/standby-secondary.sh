# The secondary was put into standby and forgotten.
# starts-from: solved
# loses: Q3.no-standby
# why: nothing can fail over to a node in standby.
## on serv1
crm node standby serv2
settled
