# The web service was stopped by hand and never started again.
# starts-from: solved
# loses: Q7.running
# halts: yes
# why: target-role=Stopped stays in the configuration; the address goes on without it.
## on serv1
crm resource stop serviceWeb
settled
