# The address is monitored every 10 minutes.
# starts-from: solved
# loses: Q1.monitor-interval
# why: 10m are ten minutes and not 10 s: the wrong unit.
# ci: yes
## on serv1
operation IPFailover monitor interval 10m
settled
