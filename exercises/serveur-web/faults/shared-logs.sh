# The virtual hosts have no logs of their own.
# starts-from: solved
# loses: Q1.access-log, Q1.error-log
# why: without ErrorLog and CustomLog the site is written into the logs of the whole server.
# ci: yes
## on web
sed -i '/ErrorLog\|CustomLog/d' "/etc/apache2/sites-available/$SITE.conf"
web_restarted
