# Apache is stopped on the secondary.
# starts-from: solved
# loses: Q6.apache, Q6.page
# why: the backup node could not serve the site.
# ci: yes
## on serv2
systemctl stop apache2
