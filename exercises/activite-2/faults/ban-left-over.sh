# A ban of the primary is left over from a test.
# starts-from: solved
# ci: yes
# loses: Q3.no-ban
# why: the constraint with score -INFINITY wins over the preference, and the address can never come back.
## on serv1
crm resource ban servweb serv1
settled
