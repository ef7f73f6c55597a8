# The quorum section was copied from a cluster of five.
# starts-from: solved
# loses: Q3.quorum, Q4.two-nodes
# why: two votes of five are no majority, and two_node is not there.
## on serv1
QUORUM='expected_votes: 5'
corosync_conf
cluster_stopped
## on serv2
QUORUM='expected_votes: 5'
corosync_conf
cluster_stopped
## on serv1
cluster_started
## on serv2
cluster_started
until crm_mon -1 2>/dev/null | grep -q 'Online: . serv1 serv2 .'; do sleep 0.5; done
