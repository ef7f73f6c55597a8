# Question 5: the services are started at boot.
# starts-from: after-q4
## on serv1
systemctl --quiet enable corosync pacemaker apache2
## on serv2
systemctl --quiet enable corosync pacemaker apache2
