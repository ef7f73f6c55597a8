# The address has half an hour to start.
# starts-from: solved
# loses: Q1.start-timeout
# why: 30m are thirty minutes and not 30 s: the wrong unit.
## on serv1
operation IPFailover start timeout 30m
settled
