# Apache answers every request with an error of its own.
# starts-from: solved
# loses: Q4.answers
# why: an error is no site; that it is this pair's error is known by its log.
## on serv2
sed -i 's#<VirtualHost \*:80>#&\n    RedirectMatch 500 ^/#' /etc/apache2/sites-available/000-default.conf
## on serv1
sed -i 's#<VirtualHost \*:80>#&\n    RedirectMatch 500 ^/#' /etc/apache2/sites-available/000-default.conf
web_reloaded
