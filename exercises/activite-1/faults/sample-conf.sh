# Debian's example of a corosync.conf was left as it is.
# starts-from: solved
# loses: Q2.nodelist, Q3.online, Q3.no-ghost, Q4.fencing, Q4.two-nodes
# why: each machine is a cluster by itself, on the loopback, and both are called node1.
## on serv1
cluster_stopped
cib_forgotten
cat > /etc/corosync/corosync.conf <<CONF
totem {
    version: 2
    cluster_name: debian
    crypto_cipher: none
    crypto_hash: none
}
logging {
    to_logfile: no
    to_syslog: yes
}
quorum {
    provider: corosync_votequorum
}
nodelist {
    node {
        name: node1
        nodeid: 1
        ring0_addr: 127.0.0.1
    }
}
CONF
cluster_started
until crm_mon -1 2>/dev/null | grep -q 'Online: . node1 .'; do sleep 0.5; done
## on serv2
cluster_stopped
cib_forgotten
cat > /etc/corosync/corosync.conf <<CONF
totem {
    version: 2
    cluster_name: debian
    crypto_cipher: none
    crypto_hash: none
}
logging {
    to_logfile: no
    to_syslog: yes
}
quorum {
    provider: corosync_votequorum
}
nodelist {
    node {
        name: node1
        nodeid: 1
        ring0_addr: 127.0.0.1
    }
}
CONF
cluster_started
until crm_mon -1 2>/dev/null | grep -q 'Online: . node1 .'; do sleep 0.5; done
