# The module ssl is not enabled, and the virtual host of port 443 stands in <IfModule>, as in default-ssl.
# starts-from: solved
# loses: Q2.tls
# why: Apache passes over the whole of it without a word; nothing listens on port 443, where HTTP leads to.
## on web
conf="/etc/apache2/sites-available/$SITE.conf"
sed -i -e '/<VirtualHost \*:443>/i <IfModule mod_ssl.c>' -e '$ a </IfModule>' "$conf"
a2dismod --quiet ssl
web_restarted
