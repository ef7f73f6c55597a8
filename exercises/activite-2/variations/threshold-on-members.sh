# The migration-threshold is on the members.
# starts-from: solved
# loses:
# why: a member's own counts first.
## on serv1
crm_resource --resource servweb --meta --delete-parameter migration-threshold
crm_resource --resource IPFailover --meta --set-parameter migration-threshold --parameter-value 5
crm_resource --resource serviceWeb --meta --set-parameter migration-threshold --parameter-value 5
settled
