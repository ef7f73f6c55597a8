# Port 443 has the site's certificate and Debian's default page.
# starts-from: solved
# loses: Q2.page
# why: the virtual host of port 443 was copied from default-ssl and its document root was left.
## on web
conf="/etc/apache2/sites-available/$SITE.conf"
sed -i -e "s|Redirect permanent .*|DocumentRoot /var/www/$SITE|" -e '/:443/,$ s|DocumentRoot .*|DocumentRoot /var/www/html|' "$conf"
web_restarted
