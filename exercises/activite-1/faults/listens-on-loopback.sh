# Apache listens on the loopback only, on the secondary.
# starts-from: solved
# loses: Q6.page
# why: tried on the machine itself it answers, from outside it does not.
## on serv2
sed -i 's/^Listen 80/Listen 127.0.0.1:80/' /etc/apache2/ports.conf
systemctl restart apache2
