# The logs have other names, in a folder of the site's own.
# starts-from: solved
# loses:
## on web
mkdir -p /srv/journaux
sed -i -e 's|ErrorLog .*|ErrorLog /srv/journaux/erreurs|' -e 's|CustomLog .*|CustomLog /srv/journaux/acces common|' \
    "/etc/apache2/sites-available/$SITE.conf"
web_restarted
