# corosync-keygen was run on each node.
# starts-from: solved
# loses: Q2.authkey, Q3.online, Q3.quorum
# why: neither understands the other, and the one that came back waits for it without quorum.
# ci: yes
## on serv2
cluster_stopped
corosync-keygen -l >/dev/null
cluster_started
until crm_mon -1 2>/dev/null | grep -q 'serv2'; do sleep 0.5; done
## on serv1
until crm_mon -1 | grep -q 'OFFLINE: . serv2 .'; do sleep 0.5; done
settled
