# The page is computed: it says by which node it is served.
# starts-from: solved
# loses:
# why: the file is the same, what is answered is not; activite-2 has such a site.
## on serv1
page 'Page servie par <!--#echo var="SERVER_ADDR" -->.'
cat > /etc/apache2/conf-available/includes.conf <<'CONF'
<Directory /var/www/html>
    Options +Includes
    AddOutputFilter INCLUDES .html
</Directory>
CONF
a2enmod --quiet include
a2enconf --quiet includes
systemctl restart apache2
## on serv2
page 'Page servie par <!--#echo var="SERVER_ADDR" -->.'
cat > /etc/apache2/conf-available/includes.conf <<'CONF'
<Directory /var/www/html>
    Options +Includes
    AddOutputFilter INCLUDES .html
</Directory>
CONF
a2enmod --quiet include
a2enconf --quiet includes
systemctl restart apache2
