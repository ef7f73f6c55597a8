# The web service has ten minutes to stop.
# starts-from: solved
# loses: Q7.stop-timeout
# why: 600s instead of 60s.
## on serv1
operation serviceWeb stop timeout 600s
settled
