# A value was changed on one node only.
# starts-from: solved
# loses: Q2.same-conf
# why: the token's time is another on each node.
# ci: yes
## on serv2
sed -i 's/version: 2/&\n    token: 5000/' /etc/corosync/corosync.conf
