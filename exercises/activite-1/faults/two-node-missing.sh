# The quorum section does not know that there are two nodes.
# starts-from: solved
# loses: Q4.two-nodes
# why: without two_node the node that is left has no quorum.
# ci: yes
## on serv1
QUORUM=''
corosync_conf
## on serv2
QUORUM=''
corosync_conf
conf_reloaded
settled
