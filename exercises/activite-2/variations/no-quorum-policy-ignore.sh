# A lost quorum is to be ignored.
# starts-from: solved
# loses:
# why: the sheet before this one may have it so.
## on serv1
crm configure property no-quorum-policy=ignore
settled
