# The key was given to the group www-data, so that Apache can read it.
# starts-from: solved
# loses: Q2.key
# why: Apache reads it as root; now a hole in the site gives the key away.
## on web
install -d -m 755 /etc/apache2/ssl
install -m 640 -g www-data "/etc/ssl/private/$SITE.key" "/etc/apache2/ssl/$SITE.key"
sed -i "s|SSLCertificateKeyFile .*|SSLCertificateKeyFile ssl/$SITE.key|" "/etc/apache2/sites-available/$SITE.conf"
web_restarted
