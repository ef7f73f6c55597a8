# The key is the group ssl-cert's too, as Debian does it: nobody is in that group.
# starts-from: solved
# loses:
## on web
groupadd --system ssl-cert
chgrp ssl-cert /etc/ssl/private "/etc/ssl/private/$SITE.key"
chmod 710 /etc/ssl/private
chmod 640 "/etc/ssl/private/$SITE.key"
