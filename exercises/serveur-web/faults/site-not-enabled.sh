# The site was configured, and never enabled.
# starts-from: solved
# loses: Q1.page, Q2.tls
# why: what lies in sites-available is read only once a2ensite has made the link.
# ci: yes
## on web
a2dissite --quiet "$SITE"
web_restarted
