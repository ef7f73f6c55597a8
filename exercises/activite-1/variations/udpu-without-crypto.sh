# Corosync's transport is udpu, which knows no encryption.
# starts-from: solved
# loses:
# why: the sheet asks for no transport; the key is there all the same.
# ci: yes
## on serv1
TOTEM='transport: udpu'
corosync_conf
cluster_stopped
## on serv2
TOTEM='transport: udpu'
corosync_conf
cluster_stopped
## on serv1
cluster_started
## on serv2
cluster_started
both_online
