# Question 4: no fencing, and a quorum for two nodes.
# starts-from: after-q3
## on serv1
corosync_conf
## on serv2
corosync_conf
conf_reloaded
## on serv1
crm configure property stonith-enabled=false
settled
