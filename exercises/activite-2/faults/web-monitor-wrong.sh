# The web service is monitored every 10 seconds.
# starts-from: solved
# loses: Q7.monitor
# why: 60 s are asked for.
## on serv1
operation serviceWeb monitor interval 10s
settled
