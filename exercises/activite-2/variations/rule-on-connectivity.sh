# A rule keeps the group off a node without connectivity; both nodes have it (attribute `pingd`, until the next reboot).
# starts-from: solved
# loses:
# why: the rule bans no node as long as the attribute is there.
## on serv1
attrd_updater --name pingd --update 1000 --node serv1
attrd_updater --name pingd --update 1000 --node serv2
crm configure location connecte servweb rule -inf: not_defined pingd or pingd lte 0
settled
