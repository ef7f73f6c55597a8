# The preference is a rule.
# starts-from: solved
# loses:
# why: the long form of the same.
## on serv1
cibadmin --delete --xpath "//rsc_location"
crm configure location prefere-serv1 IPFailover rule 200: '#uname' eq serv1
settled
