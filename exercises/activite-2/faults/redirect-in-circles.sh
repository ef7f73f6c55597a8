# The site sends browsers on to itself for ever.
# starts-from: solved
# loses: Q4.answers
# why: no browser shows a page.
## on serv2
sed -i 's#<VirtualHost \*:80>#&\n    RedirectMatch ^/ /#' /etc/apache2/sites-available/000-default.conf
## on serv1
sed -i 's#<VirtualHost \*:80>#&\n    RedirectMatch ^/ /#' /etc/apache2/sites-available/000-default.conf
web_reloaded
