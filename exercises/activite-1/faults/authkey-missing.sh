# The key was not copied to the secondary.
# starts-from: solved
# loses: Q2.authkey, Q2.authkey-mode, Q2.valid, Q3.corosync, Q3.pacemaker, Q3.online, Q3.quorum
# why: Corosync does not start without the key that its configuration asks for.
## on serv2
cluster_stopped
rm /etc/corosync/authkey
! systemctl start corosync
## on serv1
until crm_mon -1 | grep -q 'OFFLINE: . serv2 .'; do sleep 0.5; done
settled
