# A ban of the secondary is left over from a test.
# starts-from: solved
# loses: Q3.no-ban
# why: the constraint with score -INFINITY keeps the resources from ever failing over.
## on serv1
crm resource ban servweb serv2
settled
