# A filter on both nodes drops what Corosync sends: each node is a cluster of its own, with the quorum that two_node gives.
# starts-from: solved
# loses: H0.nodes-online, Q1.running, Q2.one-node, Q7.running
# why: each node believes the other dead and runs everything itself.
## on serv2
ip rule add ipproto udp dport 5405 blackhole
## on serv1
ip rule add ipproto udp dport 5405 blackhole
until crm_mon -1 | grep -q 'OFFLINE: \[ serv2 \]'; do sleep 0.5; done
settled
## on serv2
until crm_mon -1 | grep -q 'OFFLINE: \[ serv1 \]'; do sleep 0.5; done
settled
