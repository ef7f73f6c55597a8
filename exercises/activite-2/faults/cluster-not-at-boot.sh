# Neither Corosync nor Pacemaker is started at boot, on either node.
# starts-from: solved
# loses: H0.boot
# why: after a power cut there is no cluster.
## on serv1
systemctl --quiet disable corosync pacemaker
## on serv2
systemctl --quiet disable corosync pacemaker
