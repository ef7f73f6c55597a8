# Question 2: the same site by HTTPS, and HTTP leads there.
# starts-from: after-q1
# loses: Q3.internal, Q3.rest, Q4.root-login, Q5.user, Q6.timer, Q6.ran, Q6.archive
## on web
certificate 365 "DNS:$SITE"
cat > "/etc/apache2/sites-available/$SITE.conf" <<CONF
<VirtualHost *:80>
    ServerName $SITE
    Redirect permanent / https://$SITE/
    ErrorLog /var/log/apache2/$SITE-error.log
    CustomLog /var/log/apache2/$SITE-access.log combined
</VirtualHost>
<VirtualHost *:443>
    ServerName $SITE
    DocumentRoot /var/www/$SITE
    ErrorLog /var/log/apache2/$SITE-error.log
    CustomLog /var/log/apache2/$SITE-access.log combined
    SSLEngine on
    SSLCertificateFile /etc/ssl/certs/$SITE.crt
    SSLCertificateKeyFile /etc/ssl/private/$SITE.key
</VirtualHost>
CONF
a2enmod --quiet ssl
web_restarted
