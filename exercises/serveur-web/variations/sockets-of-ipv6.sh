# Apache and sshd listen by sockets of IPv6, which take IPv4 too, and Apache's hosts are named by addresses.
# starts-from: solved
# loses:
## on web
printf 'Listen [::]:80\nListen [::]:443\n' > /etc/apache2/ports.conf
sed -i "s/VirtualHost \*:/VirtualHost $WEB:/" "/etc/apache2/sites-available/$SITE.conf"
# The default site has to stay the first of those at the address.
sed -i "s/VirtualHost \*:80/VirtualHost *:80 $WEB:80/" /etc/apache2/sites-available/000-default.conf
web_restarted
