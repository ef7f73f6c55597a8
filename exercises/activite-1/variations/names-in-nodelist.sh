# The nodelist has names in place of addresses, and the rest is as pcs writes it.
# starts-from: solved
# loses:
# why: a name that leads to the address is as good.
## on serv1
RING1=serv1
RING2=serv2
CLUSTER=hacluster
TOTEM='transport: knet
    crypto_cipher: aes256
    crypto_hash: sha256'
corosync_conf
cluster_stopped
## on serv2
RING1=serv1
RING2=serv2
CLUSTER=hacluster
TOTEM='transport: knet
    crypto_cipher: aes256
    crypto_hash: sha256'
corosync_conf
cluster_stopped
## on serv1
cluster_started
## on serv2
cluster_started
both_online
