# The cluster has fallen into two halves, and on the secondary's the work went on: another mask, another threshold.
# starts-from: solved
# loses: H0.nodes-online, Q1.netmask, Q1.running, Q2.one-node, Q7.running, Q9.migration-threshold
# why: what one of the two configurations denies is not proved by the other.
## on serv2
ip rule add ipproto udp dport 5405 blackhole
## on serv1
ip rule add ipproto udp dport 5405 blackhole
until crm_mon -1 | grep -q 'OFFLINE: \[ serv2 \]'; do sleep 0.5; done
settled
## on serv2
until crm_mon -1 | grep -q 'OFFLINE: \[ serv1 \]'; do sleep 0.5; done
settled
crm_resource --resource IPFailover --set-parameter cidr_netmask --parameter-value 16
crm_resource --resource servweb --meta --set-parameter migration-threshold --parameter-value 2
settled
