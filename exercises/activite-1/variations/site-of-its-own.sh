# The site is a virtual host of its own, and the folder of Debian's page is gone.
# starts-from: solved
# loses:
# why: the sheet's folder is the simplest, not the only one.
## on serv1
page 'Page de la paire, la même sur les deux nœuds.'
mkdir /var/www/intralab
mv /var/www/html/index.html /var/www/intralab/
rmdir /var/www/html
cat > /etc/apache2/sites-available/intralab.conf <<'CONF'
<VirtualHost *:80>
    DocumentRoot /var/www/intralab
</VirtualHost>
CONF
a2dissite --quiet 000-default
a2ensite --quiet intralab
systemctl restart apache2
## on serv2
page 'Page de la paire, la même sur les deux nœuds.'
mkdir /var/www/intralab
mv /var/www/html/index.html /var/www/intralab/
rmdir /var/www/html
cat > /etc/apache2/sites-available/intralab.conf <<'CONF'
<VirtualHost *:80>
    DocumentRoot /var/www/intralab
</VirtualHost>
CONF
a2dissite --quiet 000-default
a2ensite --quiet intralab
systemctl restart apache2
