# Question 2: the same corosync.conf and the same key on both nodes; nothing is started yet.
# starts-from: after-q1
## on serv1
QUORUM=''
corosync_conf
authkey
## on serv2
QUORUM=''
corosync_conf
authkey
