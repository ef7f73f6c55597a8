# The time-outs are written on the monitor instead of on start and stop.
# starts-from: solved
# loses: Q1.start-timeout, Q1.stop-timeout
# why: each operation has its own time-out; that of the monitor says nothing about start and stop.
## on serv1
operation IPFailover monitor timeout 30s
cibadmin --delete --xpath "//primitive[@id='IPFailover']/operations/op[@name='start']"
cibadmin --delete --xpath "//primitive[@id='IPFailover']/operations/op[@name='stop']"
settled
