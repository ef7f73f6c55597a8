# Corosync has another key on the secondary, and nobody waits for the other: each node is a cluster of its own.
# starts-from: solved
# loses: H0.nodes-online, Q1.running, Q2.one-node, Q7.running
# why: each node believes the other dead and runs everything itself.
## on serv2
sed -i 's/two_node: 1/two_node: 1\n    wait_for_all: 0/' /etc/corosync/corosync.conf
systemctl stop pacemaker corosync
head -c 256 /dev/urandom > /etc/corosync/authkey
systemctl start corosync pacemaker
until crm_mon -1 | grep -q 'Online: \[ serv2 \]'; do sleep 0.5; done
settled
## on serv1
until crm_mon -1 | grep -q 'OFFLINE: \[ serv2 \]'; do sleep 0.5; done
settled
