# The cluster is stopped on the primary.
# starts-from: solved
# loses: H0.nodes-online
# why: everything runs on the secondary; nobody is left to take over.
## on serv1
systemctl stop pacemaker corosync
## on serv2
until crm_mon -1 | grep -q 'OFFLINE: \[ serv1 \]'; do sleep 0.5; done
settled
