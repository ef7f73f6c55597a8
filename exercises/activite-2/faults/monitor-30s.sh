# The address is monitored every 30 seconds.
# starts-from: solved
# loses: Q1.monitor-interval
# why: 30 s are the document's example; the question asks for 10 s.
## on serv1
operation IPFailover monitor interval 30s
settled
