# Corosync was never started on the secondary.
# starts-from: solved
# loses: Q3.corosync, Q3.pacemaker, Q3.online, Q3.quorum
# why: one node is left alone, and the other has neither cluster nor quorum.
## on serv2
cluster_stopped
## on serv1
until crm_mon -1 | grep -q 'OFFLINE: . serv2 .'; do sleep 0.5; done
settled
