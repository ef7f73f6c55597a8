# The transport is udp, with an interface section and its bindnetaddr, as older courses have it.
# starts-from: solved
# loses:
# why: the nodes are found all the same.
## on serv1
TOTEM="transport: udp
    interface {
        ringnumber: 0
        bindnetaddr: ${SERV1%.*}.0
        mcastport: 5405
    }"
corosync_conf
cluster_stopped
## on serv2
TOTEM="transport: udp
    interface {
        ringnumber: 0
        bindnetaddr: ${SERV1%.*}.0
        mcastport: 5405
    }"
corosync_conf
cluster_stopped
## on serv1
cluster_started
## on serv2
cluster_started
both_online
