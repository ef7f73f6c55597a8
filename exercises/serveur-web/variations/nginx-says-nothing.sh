# nginx serves the site by HTTP and HTTPS, and says nothing at all to whoever asks for another name.
# starts-from: solved
# loses:
## on web
systemctl --quiet disable --now apache2
rm /etc/nginx/sites-enabled/default
cat > /etc/nginx/conf.d/site.conf <<CONF
server {
    listen 80 default_server;
    return 444;
}
server {
    listen 80;
    listen 443 ssl;
    server_name $SITE ${SITE#www.};
    root /var/www/$SITE;
    access_log /var/log/nginx/site.log;
    error_log /var/log/nginx/site-erreurs.log;
    ssl_certificate /etc/ssl/certs/$SITE.crt;
    ssl_certificate_key /etc/ssl/private/$SITE.key;
}
CONF
systemctl --quiet enable --now nginx
