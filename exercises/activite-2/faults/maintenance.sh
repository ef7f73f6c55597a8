# The whole cluster was left in maintenance mode.
# starts-from: solved
# loses: H0.managed
# halts: yes
# why: everything goes on running, but Pacemaker starts, stops and moves nothing any more.
## on serv1
crm configure property maintenance-mode=true
settled
