# The virtual host still serves the first attempt in another folder.
# starts-from: solved
# loses: Q1.docroot
# why: the files that deploy changes and that are archived are not those that visitors see.
## on web
mkdir /var/www/essai
page | sed 's/Bienvenue/Essai/' > /var/www/essai/index.html
sed -i "s|DocumentRoot .*|DocumentRoot /var/www/essai|" "/etc/apache2/sites-available/$SITE.conf"
web_restarted
