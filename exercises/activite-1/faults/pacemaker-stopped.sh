# Corosync was restarted on the secondary, and Pacemaker was not.
# starts-from: solved
# loses: Q3.pacemaker, Q3.online, Q3.quorum
# why: Pacemaker stops with Corosync and does not come back by itself.
## on serv2
systemctl stop pacemaker
## on serv1
until crm_mon -1 | grep -q 'OFFLINE: . serv2 .'; do sleep 0.5; done
settled
