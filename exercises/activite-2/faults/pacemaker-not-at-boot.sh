# Pacemaker is not started at boot on the secondary.
# starts-from: solved
# loses: H0.boot
# why: after its next reboot the node does not join the cluster.
## on serv2
systemctl --quiet disable pacemaker
