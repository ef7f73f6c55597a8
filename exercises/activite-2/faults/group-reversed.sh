# The web service stands before the address in the group.
# starts-from: after-q8
# loses: Q9.order
# why: a group starts its members in order: Apache would start before its address is there.
# ci: yes
## on serv1
crm configure group servweb serviceWeb IPFailover meta migration-threshold=5
settled
