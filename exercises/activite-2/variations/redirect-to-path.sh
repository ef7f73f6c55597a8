# The bare address sends the browser on to the page.
# starts-from: solved
# loses:
# why: a browser follows, and shows the site.
## on serv2
sed -i 's#<VirtualHost \*:80>#&\n    RewriteEngine On\n    RewriteRule ^/$ /site/ [R=302,L]\n    RewriteRule ^/site/(.*)$ /$1 [PT]#' /etc/apache2/sites-available/000-default.conf
a2enmod --quiet rewrite
## on serv1
sed -i 's#<VirtualHost \*:80>#&\n    RewriteEngine On\n    RewriteRule ^/$ /site/ [R=302,L]\n    RewriteRule ^/site/(.*)$ /$1 [PT]#' /etc/apache2/sites-available/000-default.conf
a2enmod --quiet rewrite
web_reloaded
