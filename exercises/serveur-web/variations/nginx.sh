# nginx serves the site instead of Apache.
# starts-from: solved
# loses:
# ci: yes
## on web
systemctl --quiet disable --now apache2
cat > "/etc/nginx/sites-available/$SITE" <<CONF
server {
    listen 80;
    listen [::]:80;
    server_name $SITE;
    return 301 https://\$host\$request_uri;
    access_log /var/log/nginx/$SITE.access.log;
}
server {
    listen 443 ssl;
    listen [::]:443 ssl;
    server_name $SITE;
    root /var/www/$SITE;
    index index.html;
    access_log /var/log/nginx/$SITE.access.log;
    error_log /var/log/nginx/$SITE.error.log;
    ssl_certificate "/etc/ssl/certs/$SITE.crt";
    ssl_certificate_key "/etc/ssl/private/$SITE.key";
}
CONF
ln -s "../sites-available/$SITE" /etc/nginx/sites-enabled/
systemctl --quiet enable --now nginx
