# The certificate names the site in its subject only.
# starts-from: solved
# loses: Q2.san
# why: no browser reads the common name any more.
# ci: yes
## on web
openssl req -x509 -new -key "/etc/ssl/private/$SITE.key" -days 365 -subj "/CN=$SITE" -out "/etc/ssl/certs/$SITE.crt"
web_restarted
