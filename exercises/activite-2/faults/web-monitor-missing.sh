# The web service has no monitor.
# starts-from: solved
# loses: Q7.monitor
# why: Pacemaker never looks whether Apache still runs.
## on serv1
cibadmin --delete --xpath "//primitive[@id='serviceWeb']/operations/op[@name='monitor']"
settled
