# The primary does not have the site.
# starts-from: solved
# loses: Q4.answers, H0.site
# why: the virtual address shows an error until something fails over.
## on serv1
rm -r /var/www/html/*
