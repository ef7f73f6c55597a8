# Apache listens at the virtual address only.
# starts-from: solved
# loses:
# why: the group brings the address up first.
## on serv2
sed -i "s/^Listen 80$/Listen $VIP:80/" /etc/apache2/ports.conf
## on serv1
sed -i "s/^Listen 80$/Listen $VIP:80/" /etc/apache2/ports.conf
systemctl restart apache2
