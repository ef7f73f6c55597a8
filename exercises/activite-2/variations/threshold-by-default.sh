# The migration-threshold is a default of all resources.
# starts-from: solved
# loses:
# why: it is in force for the web service all the same.
## on serv1
crm_resource --resource servweb --meta --delete-parameter migration-threshold
crm_attribute --type rsc_defaults --name migration-threshold --update 5
settled
