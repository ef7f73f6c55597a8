# Apache listens on port 8080.
# starts-from: solved
# loses: Q7.running
# why: the service runs, but not where the site is looked for.
## on serv2
sed -i 's/^Listen 80$/Listen 8080/' /etc/apache2/ports.conf
## on serv1
sed -i 's/^Listen 80$/Listen 8080/' /etc/apache2/ports.conf
systemctl restart apache2
