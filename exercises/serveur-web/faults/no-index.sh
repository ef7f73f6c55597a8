# The page is called accueil.html, and what is shown is a list of the folder's files.
# starts-from: solved
# loses: Q1.docroot, Q2.page
# why: the site's name is at the foot of Apache's list, but no page of the site is shown.
## on web
mv "/var/www/$SITE/index.html" "/var/www/$SITE/accueil.html"
systemctl start backup.service
