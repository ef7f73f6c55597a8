# The virtual host answers at each machine's own address only.
# starts-from: solved
# loses: Q4.answers
# why: at the virtual address Apache has no site to show.
## on serv2
sed -i "s/<VirtualHost \*:80>/<VirtualHost $SERV2:80>/" /etc/apache2/sites-available/000-default.conf
## on serv1
sed -i "s/<VirtualHost \*:80>/<VirtualHost $SERV1:80>/" /etc/apache2/sites-available/000-default.conf
systemctl reload apache2
