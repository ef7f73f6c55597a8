# The cluster does not know that two nodes are enough, and the secondary has stopped.
# starts-from: solved
# loses: H0.nodes-online, H0.quorum
# why: without two_node one node of two is no majority, and Pacemaker stops everything.
## on serv2
sed -i 's/two_node: 1/two_node: 0/' /etc/corosync/corosync.conf
## on serv1
sed -i 's/two_node: 1/two_node: 0/' /etc/corosync/corosync.conf
corosync-cfgtool -R
## on serv2
systemctl stop pacemaker corosync
## on serv1
until crm_mon -1 | grep -q 'OFFLINE: \[ serv2 \]'; do sleep 0.5; done
settled
