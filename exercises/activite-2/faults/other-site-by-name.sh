# Asked by its name, Apache shows another site.
# starts-from: solved
# loses: Q5.site-by-name
# why: another virtual host has the site's name.
## on serv2
true
## on serv1
mkdir -p /srv/autre
echo "<h1>Un autre site</h1>" > /srv/autre/index.html
cat > /etc/apache2/sites-available/autre.conf <<EOF
<VirtualHost *:80>
    ServerName $SITE
    DocumentRoot /srv/autre
    <Directory /srv/autre>
        Require all granted
    </Directory>
</VirtualHost>
EOF
a2ensite --quiet autre
web_reloaded
