# two_node was added on both nodes, and Corosync never read it.
# starts-from: solved
# loses: Q4.two-nodes
# why: what is in effect is what Corosync read when it started.
## on serv1
QUORUM=''
corosync_conf
## on serv2
QUORUM=''
corosync_conf
conf_reloaded
settled
unset QUORUM
corosync_conf
## on serv1
corosync_conf
