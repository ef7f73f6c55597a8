# The web service has a monitor only.
# starts-from: solved
# loses: Q7.start-timeout, Q7.stop-timeout
# why: the default of 20 s counts for start and stop.
## on serv1
cibadmin --delete --xpath "//primitive[@id='serviceWeb']/operations/op[@name='start']"
cibadmin --delete --xpath "//primitive[@id='serviceWeb']/operations/op[@name='stop']"
settled
