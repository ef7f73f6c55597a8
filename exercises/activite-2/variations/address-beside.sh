# A resource beside the address names it too: packets leave with it as their source.
# starts-from: solved
# loses:
# why: what only does something beside the address is not taken for what brings it up.
## on serv1
crm configure primitive source ocf:heartbeat:IPsrcaddr params ipaddress=$VIP cidr_netmask=24 meta target-role=Stopped
settled
