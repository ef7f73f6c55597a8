# Apache refuses everybody the site.
# starts-from: solved
# loses: Q4.answers
# why: the answer is “403 Forbidden” instead of the page.
## on serv2
sed -i 's/Options +Includes/Options +Includes\n    Require all denied/' /etc/apache2/conf-available/intralab.conf
## on serv1
sed -i 's/Options +Includes/Options +Includes\n    Require all denied/' /etc/apache2/conf-available/intralab.conf
web_reloaded
