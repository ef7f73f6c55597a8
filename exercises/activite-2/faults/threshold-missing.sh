# The group has no migration-threshold.
# starts-from: solved
# loses: Q9.migration-threshold
# why: without it the resources never leave a node where they fail again and again.
## on serv1
crm_resource --resource servweb --meta --delete-parameter migration-threshold
settled
