# The address is monitored every 0 seconds.
# starts-from: solved
# loses: Q1.monitor-interval
# why: an interval of 0 is no recurring operation: Pacemaker looks once and never again.
## on serv1
operation IPFailover monitor interval 0
settled
