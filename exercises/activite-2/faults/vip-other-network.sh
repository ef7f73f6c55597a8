# The virtual address is in another network than the lab's.
# starts-from: solved
# loses: Q1.address
# why: 192.168 instead of 172.16: no client of the lab's network gets there.
## on serv1
crm_resource --resource IPFailover --set-parameter ip --parameter-value 192.168.1.12
settled
