# The address has no start time-out of its own; the defaults of all operations give one, which is another.
# starts-from: solved
# loses: Q1.start-timeout
# why: 90 s are in force, and 30 s were asked for.
## on serv1
cibadmin --delete --xpath "//primitive[@id='IPFailover']//op[@name='start']"
crm_attribute --type op_defaults --name timeout --update 90s
settled
