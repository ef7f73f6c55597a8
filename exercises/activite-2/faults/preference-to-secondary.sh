# The resources were moved to the secondary, which is now preferred.
# starts-from: solved
# loses: Q3.preference, Q3.on-primary
# why: the sheet asks for the primary.
# ci: yes
## on serv1
cibadmin --delete --xpath "//rsc_location"
crm resource move servweb serv2
settled
