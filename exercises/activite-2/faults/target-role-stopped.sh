# The address was stopped by hand and never started again.
# starts-from: solved
# loses: Q1.running
# halts: yes
# why: target-role=Stopped stays in the configuration; the group stops with its first member.
## on serv1
crm resource stop IPFailover
settled
