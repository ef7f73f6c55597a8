# The preference is a location with a score instead of a move.
# starts-from: solved
# loses:
# why: document 2 shows this form.
## on serv1
cibadmin --delete --xpath "//rsc_location"
crm configure location prefere-serv1 IPFailover 100: serv1
settled
