# The web service was cloned instead of grouped.
# starts-from: after-q8
# loses: H0.no-clone, Q7.running, Q9.together, Q9.migration-threshold
# why: a clone runs on both nodes at once and belongs to no address.
## on serv1
crm configure clone clone-web serviceWeb
settled
