# Both nodes have a score, the primary the higher.
# starts-from: solved
# loses:
# why: the higher score wins.
## on serv1
cibadmin --delete --xpath "//rsc_location"
crm configure location prefere-serv1 servweb 100: serv1
crm configure location sinon-serv2 servweb 50: serv2
settled
