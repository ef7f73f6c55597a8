# The cluster is stopped on the secondary.
# starts-from: solved
# loses: H0.nodes-online
# why: one node is left, and nobody to take over.
## on serv2
systemctl stop pacemaker corosync
## on serv1
until crm_mon -1 | grep -q 'OFFLINE: \[ serv2 \]'; do sleep 0.5; done
settled
