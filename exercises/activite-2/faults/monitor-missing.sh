# The address has no monitor.
# starts-from: solved
# ci: yes
# loses: Q1.monitor-interval
# why: without the recurring operation Pacemaker never looks whether the address is still there.
## on serv1
cibadmin --delete --xpath "//primitive[@id='IPFailover']/operations/op[@name='monitor']"
settled
