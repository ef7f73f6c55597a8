# The address has its monitor, but switched off.
# starts-from: solved
# loses: Q1.monitor-interval
# why: enabled=false keeps the operation from ever being run.
## on serv1
operation IPFailover monitor enabled false
settled
