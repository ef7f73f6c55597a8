# The cluster has another name, and the file is indented otherwise, with comments.
# starts-from: solved
# loses:
# why: names and blanks are free.
## on serv1
CLUSTER='grappe-web'
corosync_conf
sed -i -e 's/^ \{4,8\}/\t/' -e '1i# Grappe du service web' /etc/corosync/corosync.conf
cluster_stopped
## on serv2
CLUSTER='grappe-web'
corosync_conf
sed -i -e 's/^ \{4,8\}/\t/' -e '1i# Grappe du service web' /etc/corosync/corosync.conf
cluster_stopped
## on serv1
cluster_started
## on serv2
cluster_started
both_online
