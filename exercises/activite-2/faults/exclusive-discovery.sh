# The preference's resource-discovery=exclusive shuts the second node out.
# starts-from: solved
# loses: Q3.no-ban
# why: with exclusive discovery a resource runs only on the nodes that such constraints name.
## on serv1
cibadmin --delete --xpath "//rsc_location"
crm configure location prefere-serv1 servweb resource-discovery=exclusive 100: serv1
settled
