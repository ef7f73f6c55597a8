# A closing brace was lost from corosync.conf after the cluster had started.
# starts-from: solved
# loses: Q2.valid
# why: the running cluster does not notice before its next start.
## on serv1
sed -i '$d' /etc/corosync/corosync.conf
## on serv2
sed -i '$d' /etc/corosync/corosync.conf
