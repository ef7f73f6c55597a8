# Start and stop time-out of the address are swapped.
# starts-from: solved
# loses: Q1.start-timeout, Q1.stop-timeout
# why: 40 s to start and 30 s to stop: the other way round than asked for.
## on serv1
operation IPFailover start timeout 40s
operation IPFailover stop timeout 30s
settled
