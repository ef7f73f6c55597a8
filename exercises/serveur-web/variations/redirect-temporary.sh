# HTTP leads to HTTPS by mod_rewrite and a temporary redirect, and HSTS is set.
# starts-from: solved
# loses:
## on web
sed -i -e "s|Redirect permanent .*|RewriteEngine on\n    RewriteRule ^/(.*) https://%{SERVER_NAME}/\$1 [R=302,L]|" \
    -e 's|SSLEngine on|SSLEngine on\n    Header always set Strict-Transport-Security "max-age=300"|' \
    "/etc/apache2/sites-available/$SITE.conf"
a2enmod --quiet rewrite headers
web_restarted
