# An elliptic key in one file with its certificate, in a folder of root's alone, with several names.
# starts-from: solved
# loses:
# ci: yes
## on web
mkdir -m 700 /etc/apache2/tls
openssl req -x509 -newkey ec -pkeyopt ec_paramgen_curve:prime256v1 -nodes -days 90 -subj '/O=Etudiant' \
    -addext "subjectAltName=DNS:${SITE#www.},DNS:$(echo "$SITE" | tr a-z A-Z),IP:$WEB" \
    -keyout /etc/apache2/tls/key -out /etc/apache2/tls/certificate 2> /dev/null
cat /etc/apache2/tls/key /etc/apache2/tls/certificate > /etc/apache2/tls/site.pem
chmod 644 /etc/apache2/tls/site.pem
rm /etc/apache2/tls/key /etc/apache2/tls/certificate
sed -i -e 's|SSLCertificateFile .*|SSLCertificateFile "tls/site.pem"|' -e '/SSLCertificateKeyFile/d' \
    "/etc/apache2/sites-available/$SITE.conf"
web_restarted
