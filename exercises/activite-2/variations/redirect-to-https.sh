# The site is there over TLS, and plain requests are sent on to it.
# starts-from: solved
# loses:
# why: a browser shows it, whatever it thinks of the certificate.
## on serv2
a2enmod --quiet ssl rewrite
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=$SITE" -keyout /etc/ssl/private/site.key -out /etc/ssl/site.pem 2> /dev/null
cat > /etc/apache2/sites-available/tls.conf <<EOF
<VirtualHost *:443>
    DocumentRoot /var/www/html
    SSLEngine on
    SSLCertificateFile /etc/ssl/site.pem
    SSLCertificateKeyFile /etc/ssl/private/site.key
</VirtualHost>
EOF
a2ensite --quiet tls
sed -i 's#<VirtualHost \*:80>#&\n    RewriteEngine On\n    RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=302,L]#' /etc/apache2/sites-available/000-default.conf
## on serv1
a2enmod --quiet ssl rewrite
openssl req -x509 -newkey rsa:2048 -nodes -days 30 -subj "/CN=$SITE" -keyout /etc/ssl/private/site.key -out /etc/ssl/site.pem 2> /dev/null
cat > /etc/apache2/sites-available/tls.conf <<EOF
<VirtualHost *:443>
    DocumentRoot /var/www/html
    SSLEngine on
    SSLCertificateFile /etc/ssl/site.pem
    SSLCertificateKeyFile /etc/ssl/private/site.key
</VirtualHost>
EOF
a2ensite --quiet tls
sed -i 's#<VirtualHost \*:80>#&\n    RewriteEngine On\n    RewriteRule ^ https://%{HTTP_HOST}%{REQUEST_URI} [R=302,L]#' /etc/apache2/sites-available/000-default.conf
web_reloaded
