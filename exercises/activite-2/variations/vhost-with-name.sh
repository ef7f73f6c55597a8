# The virtual host has the site's name.
# starts-from: solved
# loses:
# why: it is the first, and so answers at the address too.
## on serv2
sed -i "s/<VirtualHost \*:80>/&\n    ServerName $SITE/" /etc/apache2/sites-available/000-default.conf
## on serv1
sed -i "s/<VirtualHost \*:80>/&\n    ServerName $SITE/" /etc/apache2/sites-available/000-default.conf
web_reloaded
