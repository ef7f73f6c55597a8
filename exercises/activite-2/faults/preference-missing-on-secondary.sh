# Nothing says to prefer the primary, and the resources stayed on the secondary.
# starts-from: solved
# loses: Q3.preference, Q3.on-primary
# why: after a test nothing brought them back.
## on serv1
crm node standby serv1
settled
cibadmin --delete --xpath "//rsc_location"
crm node online serv1
settled
