# The site's directory was copied for root alone.
# starts-from: solved
# loses: Q6.readable
# why: Apache answers 403; the page itself is blocked.
## on serv2
chmod 0700 /var/www/html
