# Question 1: the virtual address, with its monitor and its two time-outs.
# starts-from: fresh
## on serv1
crm configure primitive IPFailover ocf:heartbeat:IPaddr2 \
    params ip="$VIP" cidr_netmask=24 nic=eth0 iflabel=VIP \
    op monitor interval=10s op start timeout=30s op stop timeout=40s
settled
