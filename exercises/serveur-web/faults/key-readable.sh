# The key lies beside Apache's configuration, as openssl(1) and chmod left it.
# starts-from: solved
# loses: Q2.key
# why: every account of the machine can read it.
# ci: yes
## on web
mkdir /etc/apache2/ssl
install -m 644 "/etc/ssl/private/$SITE.key" "/etc/apache2/ssl/$SITE.key"
sed -i "s|SSLCertificateKeyFile .*|SSLCertificateKeyFile /etc/apache2/ssl/$SITE.key|" "/etc/apache2/sites-available/$SITE.conf"
web_restarted
