# The web service is monitored every 0 seconds.
# starts-from: solved
# loses: Q7.monitor
# why: an interval of 0 is no recurring operation.
## on serv1
operation serviceWeb monitor interval 0
settled
