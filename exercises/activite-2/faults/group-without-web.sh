# The group holds the address alone.
# starts-from: after-q8
# loses: Q9.together, Q9.migration-threshold
# why: the web service stays outside, with its own node and no threshold.
## on serv1
crm configure group servweb IPFailover meta migration-threshold=5
settled
