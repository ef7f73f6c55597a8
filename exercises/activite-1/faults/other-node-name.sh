# The primary is called node1 in the nodelist.
# starts-from: solved
# loses: Q3.online, Q3.no-ghost
# why: the name is from Debian's example; Pacemaker knows no serv1.
# ci: yes
## on serv1
NAME1=node1
corosync_conf
cluster_stopped
cib_forgotten
## on serv2
NAME1=node1
corosync_conf
cluster_stopped
cib_forgotten
## on serv1
cluster_started
## on serv2
cluster_started
until crm_mon -1 2>/dev/null | grep -q 'Online: . node1 serv2 .'; do sleep 0.5; done
crm configure property stonith-enabled=false
settled
