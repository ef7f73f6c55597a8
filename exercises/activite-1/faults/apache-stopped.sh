# Apache is stopped on the secondary.
# starts-from: solved
# loses: Q6.apache
# why: what needs it is blocked.
# ci: yes
## on serv2
systemctl stop apache2
