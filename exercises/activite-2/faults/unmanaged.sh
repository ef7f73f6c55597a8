# The address is unmanaged.
# starts-from: solved
# loses: H0.managed
# halts: yes
# why: is-managed=false: it runs, but Pacemaker leaves it alone, and it never fails over.
## on serv1
crm resource unmanage IPFailover
settled
