# Corosync was never started on the secondary.
# starts-from: solved
# loses: Q3.corosync
# why: one node is left alone; what needs both is blocked.
## on serv2
cluster_stopped
## on serv1
until crm_mon -1 | grep -q 'OFFLINE: . serv2 .'; do sleep 0.5; done
settled
