# The interval is written as an ISO 8601 duration.
# starts-from: solved
# loses:
# why: PT10S are 10 s.
## on serv1
operation IPFailover monitor interval PT10S
operation serviceWeb monitor interval PT1M
settled
