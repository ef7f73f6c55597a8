# Question 3: Corosync and Pacemaker are started, and the cluster has formed.
# starts-from: after-q2
## on serv1
cluster_started
## on serv2
cluster_started
both_online
