# The web service has no stop time-out of its own.
# starts-from: solved
# loses: Q7.stop-timeout
# why: the default of 20 s counts.
## on serv1
cibadmin --delete --xpath "//primitive[@id='serviceWeb']/operations/op[@name='stop']"
settled
