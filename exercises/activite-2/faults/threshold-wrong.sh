# The group moves after 3 failures.
# starts-from: solved
# loses: Q9.migration-threshold
# why: the sheet has 5.
## on serv1
crm_resource --resource servweb --meta --set-parameter migration-threshold --parameter-value 3
settled
