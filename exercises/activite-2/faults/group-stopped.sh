# The whole group was stopped and never started again.
# starts-from: solved
# loses: Q1.running
# halts: yes
# why: target-role=Stopped of the group counts for its members.
## on serv1
crm resource stop servweb
settled
