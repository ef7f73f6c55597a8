# A score below zero keeps the group off the second node; no failover can happen.
# starts-from: solved
# loses: Q3.no-ban
# why: no resource runs where its score is negative: -1000 forbids as -INFINITY does.
## on serv1
crm configure location evite-serv2 servweb -1000: serv2
settled
