# Pacemaker ignores the quorum, and corosync.conf has no two_node.
# starts-from: solved
# loses:
# why: older courses settle two nodes like this.
# ci: yes
## on serv1
QUORUM=''
corosync_conf
## on serv2
QUORUM=''
corosync_conf
conf_reloaded
crm configure property no-quorum-policy=ignore
settled
