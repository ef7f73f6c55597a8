# The virtual hosts have another name than the site's.
# starts-from: solved
# loses: Q1.page
# why: ServerName is misspelt, so that a request for the site gets the default page.
## on web
sed -i "s/ServerName $SITE/ServerName ww.${SITE#www.}/" "/etc/apache2/sites-available/$SITE.conf"
web_restarted
