# The group was moved, not the address.
# starts-from: solved
# loses:
# why: the constraint is then on the group.
## on serv1
cibadmin --delete --xpath "//rsc_location"
crm resource move servweb serv2
settled
crm resource clear servweb
crm resource move servweb serv1
settled
