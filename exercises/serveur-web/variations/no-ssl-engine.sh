# The virtual host of port 443 has no SSLEngine.
# starts-from: solved
# loses:
## on web
# Apache knows by itself what is spoken on port 443 (mod_ssl's documentation says it of Listen).
sed -i '/SSLEngine/d' "/etc/apache2/sites-available/$SITE.conf"
web_restarted
