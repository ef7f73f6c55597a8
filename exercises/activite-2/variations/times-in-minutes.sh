# The web service's times are written in minutes.
# starts-from: solved
# loses:
# why: a minute has 60 s.
## on serv1
operation serviceWeb monitor interval 1min
operation serviceWeb start timeout 1min
operation serviceWeb stop timeout 1m
settled
