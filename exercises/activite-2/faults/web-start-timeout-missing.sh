# The web service has no start time-out of its own.
# starts-from: solved
# loses: Q7.start-timeout
# why: the default of 20 s counts.
## on serv1
cibadmin --delete --xpath "//primitive[@id='serviceWeb']/operations/op[@name='start']"
settled
