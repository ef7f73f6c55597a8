# The site sends browsers on to the primary's own address.
# starts-from: solved
# loses: Q4.answers
# why: whoever follows no longer follows the virtual address.
## on serv2
sed -i "s#<VirtualHost \*:80>#&\n    RewriteEngine On\n    RewriteCond %{HTTP_HOST} !^$SERV1\$\n    RewriteRule ^ http://$SERV1/ [R=302,L]#" /etc/apache2/sites-available/000-default.conf
a2enmod --quiet rewrite
## on serv1
sed -i "s#<VirtualHost \*:80>#&\n    RewriteEngine On\n    RewriteCond %{HTTP_HOST} !^$SERV1\$\n    RewriteRule ^ http://$SERV1/ [R=302,L]#" /etc/apache2/sites-available/000-default.conf
a2enmod --quiet rewrite
web_reloaded
