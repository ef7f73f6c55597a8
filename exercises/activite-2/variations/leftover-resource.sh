# A resource of an earlier exercise is still there.
# starts-from: solved
# loses:
# why: it harms nobody.
## on serv1
crm configure primitive ressourceTest ocf:heartbeat:Dummy op monitor interval=30s
settled
