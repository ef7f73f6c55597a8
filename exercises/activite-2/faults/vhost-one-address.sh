# The site's virtual host answers at each machine's own address only.
# starts-from: solved
# loses: Q4.content
# why: at the virtual address Apache shows what the main server has, Debian's default page.
## on serv2
mkdir /var/www/intralab
mv /var/www/html/index.shtml /var/www/intralab/index.html
echo '<h1>It works!</h1>' > /var/www/html/index.html
sed -i -e "s/<VirtualHost \*:80>/<VirtualHost $SERV2:80>/" -e 's,/var/www/html,/var/www/intralab,' \
    /etc/apache2/sites-available/000-default.conf
## on serv1
mkdir /var/www/intralab
mv /var/www/html/index.shtml /var/www/intralab/index.html
echo '<h1>It works!</h1>' > /var/www/html/index.html
sed -i -e "s/<VirtualHost \*:80>/<VirtualHost $SERV1:80>/" -e 's,/var/www/html,/var/www/intralab,' \
    /etc/apache2/sites-available/000-default.conf
web_reloaded
