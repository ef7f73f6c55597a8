# The bare address sends the browser on to a page.
# starts-from: solved
# loses:
# why: a browser follows, and shows the site.
## on serv2
sed -i 's#<VirtualHost \*:80>#&\n    RedirectMatch ^/$ /index.html#' /etc/apache2/sites-available/000-default.conf
## on serv1
sed -i 's#<VirtualHost \*:80>#&\n    RedirectMatch ^/$ /index.html#' /etc/apache2/sites-available/000-default.conf
web_reloaded
