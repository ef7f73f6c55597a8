# The primary does not have the site.
# starts-from: solved
# loses: Q4.content, H0.site
# why: Apache shows an empty folder instead of the page, until something fails over.
## on serv1
rm -r /var/www/html/*
