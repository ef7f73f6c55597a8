# The secondary's address is wrong in corosync.conf.
# starts-from: solved
# loses: Q2.addresses, Q3.online, Q3.quorum
# why: the primary calls a machine that is not there, and both wait without quorum.
## on serv1
RING2=${SERV2%.*}.22
corosync_conf
cluster_stopped
## on serv2
RING2=${SERV2%.*}.22
corosync_conf
cluster_stopped
cluster_started
## on serv1
cluster_started
until crm_mon -1 2>/dev/null | grep -q 'serv1'; do sleep 0.5; done
