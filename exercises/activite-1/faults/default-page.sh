# The secondary still has Debian's default page.
# starts-from: solved
# loses: Q6.page, Q6.same-page
# why: the site was put onto the primary only.
# ci: yes
## on serv2
cp /usr/share/apache2/default-site/index.html /var/www/html/index.html
