# The resources are on the primary, but nothing says to prefer it.
# starts-from: solved
# loses: Q3.preference
# why: they would not come back to the primary after a failover.
## on serv1
cibadmin --delete --xpath "//rsc_location"
settled
