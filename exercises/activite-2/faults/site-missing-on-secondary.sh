# The secondary does not have the site.
# starts-from: solved
# loses: H0.site
# why: after a failover the virtual address shows an error.
## on serv2
rm -r /var/www/html/*
