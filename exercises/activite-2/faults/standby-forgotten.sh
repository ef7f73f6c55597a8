# The primary was put into standby for a test and never put online again.
# starts-from: solved
# ci: yes
# loses: Q3.no-standby
# why: a node in standby runs nothing, so that the secondary has everything and no backup.
## on serv1
crm node standby serv1
settled
