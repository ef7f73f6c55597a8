# The site is served by HTTP as well as by HTTPS, from a folder below the site's own.
# starts-from: solved
# loses:
## on web
mkdir "/var/www/$SITE/public"
mv "/var/www/$SITE/index.html" "/var/www/$SITE/public/"
chown deploy:www-data "/var/www/$SITE/public"
chmod 750 "/var/www/$SITE/public"
sed -i -e "s|Redirect permanent .*|DocumentRoot /var/www/$SITE/public|" -e "s|DocumentRoot .*|DocumentRoot \"/var/www/$SITE/public\"|" \
    "/etc/apache2/sites-available/$SITE.conf"
web_restarted
systemctl start backup.service
