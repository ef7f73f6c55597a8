# The primary is “preferred” by forbidding the secondary.
# starts-from: solved
# loses: Q3.preference, Q3.no-ban
# why: with -inf for serv2 the resources are on the primary, but can never fail over.
## on serv1
cibadmin --delete --xpath "//rsc_location"
crm configure location prefere-serv1 servweb -inf: serv2
settled
