# The certificate is in the machine's name, not the site's.
# starts-from: solved
# loses: Q2.san
# why: the browser compares the name it asked for with those in the certificate.
## on web
certificate 365 "DNS:web.${SITE#www.},DNS:web"
web_restarted
