# The secondary was left in maintenance.
# starts-from: solved
# loses: H0.managed
# halts: yes
# why: Pacemaker neither starts nor stops anything on it.
## on serv1
crm node maintenance serv2
settled
