# Only the address has a migration-threshold.
# starts-from: solved
# loses: Q9.migration-threshold
# why: the web service, whose failures are to move the group, has none.
## on serv1
crm_resource --resource servweb --meta --delete-parameter migration-threshold
crm_resource --resource IPFailover --meta --set-parameter migration-threshold --parameter-value 5
settled
