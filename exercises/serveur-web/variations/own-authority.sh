# The certificate is signed by an authority of the student's own.
# starts-from: solved
# loses:
## on web
cd /etc/ssl/private
openssl req -x509 -newkey rsa:2048 -nodes -days 700 -subj '/CN=Autorite' -keyout ca.key -out ca.crt 2> /dev/null
openssl req -new -key "$SITE.key" -subj "/CN=$SITE" -out request
echo "subjectAltName=DNS:$SITE" > extensions
openssl x509 -req -in request -CA ca.crt -CAkey ca.key -CAcreateserial -days 90 -extfile extensions \
    -out "/etc/ssl/certs/$SITE.crt" 2> /dev/null
web_restarted
