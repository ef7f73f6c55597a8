# The primary has a negative score.
# starts-from: solved
# loses: Q3.preference, Q3.no-ban
# why: -50 for serv1 keeps the resources off the primary, even when nothing else is left.
## on serv1
cibadmin --delete --xpath "//rsc_location"
crm configure location prefere-serv1 servweb -50: serv1
settled
