# The primary has a negative score.
# starts-from: solved
# loses: Q3.preference, Q3.on-primary
# why: -50 for serv1 sends the resources away from the primary.
## on serv1
cibadmin --delete --xpath "//rsc_location"
crm configure location prefere-serv1 servweb -50: serv1
settled
