# The virtual hosts have an access log only.
# starts-from: solved
# loses: Q1.error-log
# why: the site's errors stand among those of the whole server.
## on web
sed -i '/ErrorLog/d' "/etc/apache2/sites-available/$SITE.conf"
web_restarted
