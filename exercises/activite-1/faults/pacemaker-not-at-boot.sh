# Pacemaker is not started at boot, on either node.
# starts-from: solved
# loses: Q5.pacemaker
# why: it was only started by hand.
# ci: yes
## on serv1
systemctl --quiet disable pacemaker
## on serv2
systemctl --quiet disable pacemaker
