# Question 1: a virtual host by name, with a document root and logs of its own.
# starts-from: fresh
# loses: Q2.tls, Q3.internal, Q3.rest, Q4.root-login, Q5.user, Q6.timer, Q6.ran, Q6.archive
## on web
mkdir "/var/www/$SITE"
page > "/var/www/$SITE/index.html"
cat > "/etc/apache2/sites-available/$SITE.conf" <<CONF
<VirtualHost *:80>
    ServerName $SITE
    DocumentRoot /var/www/$SITE
    ErrorLog /var/log/apache2/$SITE-error.log
    CustomLog /var/log/apache2/$SITE-access.log combined
</VirtualHost>
CONF
a2ensite --quiet "$SITE"
web_restarted
