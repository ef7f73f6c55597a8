# The preference is on the group.
# starts-from: solved
# loses:
# why: it counts for the members.
## on serv1
cibadmin --delete --xpath "//rsc_location"
crm configure location prefere-serv1 servweb inf: serv1
settled
