# Corosync and Pacemaker were restarted on both nodes a moment ago.
# starts-from: solved
# loses:
# why: until a coordinator is elected nothing runs anywhere, and that says nothing of the student's work.
## on serv1
systemctl stop pacemaker corosync
## on serv2
systemctl restart corosync && systemctl start pacemaker
## on serv1
systemctl start corosync pacemaker
