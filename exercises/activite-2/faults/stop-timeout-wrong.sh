# The address has 4 s to stop.
# starts-from: solved
# loses: Q1.stop-timeout
# why: a figure was forgotten: 4s instead of 40s.
## on serv1
operation IPFailover stop timeout 4s
settled
