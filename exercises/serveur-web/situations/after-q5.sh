# Question 5: the site's files are deploy's.
# starts-from: after-q4
# loses: Q6.timer, Q6.ran, Q6.archive
## on web
useradd --create-home --shell /bin/bash --groups www-data deploy
chown -R deploy:www-data "/var/www/$SITE"
chmod 2750 "/var/www/$SITE"
chmod 640 "/var/www/$SITE/index.html"
