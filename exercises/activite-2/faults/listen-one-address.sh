# Apache listens at each machine's own address only.
# starts-from: solved
# loses: Q4.answers
# why: nobody answers at the virtual address, though the address is there and Apache runs.
## on serv2
sed -i "s/^Listen 80$/Listen $SERV2:80/" /etc/apache2/ports.conf
## on serv1
sed -i "s/^Listen 80$/Listen $SERV1:80/" /etc/apache2/ports.conf
systemctl restart apache2
