# The monitors have a time-out of their own.
# starts-from: solved
# loses:
# why: the document's example of “edit” has one.
## on serv1
operation IPFailover monitor timeout 20s
operation serviceWeb monitor timeout 30s
settled
