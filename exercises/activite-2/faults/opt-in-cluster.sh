# An opt-in cluster in which nothing lets the group run on the second node.
# starts-from: solved
# loses: Q3.no-ban
# why: with symmetric-cluster=false a resource runs only where a location constraint allows it.
## on serv1
crm configure property symmetric-cluster=false
settled
