# The address sends the browser on to the site by its name.
# starts-from: solved
# loses:
# why: the name leads to the virtual address, so the browser stays with the cluster.
## on serv2
sed -i "s#<VirtualHost \*:80>#&\n    RewriteEngine On\n    RewriteCond %{HTTP_HOST} !^$SITE\$\n    RewriteRule ^ http://$SITE%{REQUEST_URI} [R=302,L]#" /etc/apache2/sites-available/000-default.conf
a2enmod --quiet rewrite
## on serv1
sed -i "s#<VirtualHost \*:80>#&\n    RewriteEngine On\n    RewriteCond %{HTTP_HOST} !^$SITE\$\n    RewriteRule ^ http://$SITE%{REQUEST_URI} [R=302,L]#" /etc/apache2/sites-available/000-default.conf
a2enmod --quiet rewrite
web_reloaded
