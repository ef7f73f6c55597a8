# The site's directory was copied for root alone.
# starts-from: solved
# loses: Q6.readable, Q6.page
# why: Apache answers 403 there.
## on serv2
chmod 0700 /var/www/html
