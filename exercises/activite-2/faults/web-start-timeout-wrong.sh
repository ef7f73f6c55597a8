# The web service has 6 s to start.
# starts-from: solved
# loses: Q7.start-timeout
# why: 6s instead of 60s.
## on serv1
operation serviceWeb start timeout 6s
settled
