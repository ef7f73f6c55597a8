# The archive is a zip file, in a folder that only root can enter.
# starts-from: solved
# loses:
## on web
rm /var/backups/site/*
chmod 700 /var/backups/site
printf '#!/bin/sh\ncd /var/www/%s && rm -f /var/backups/site/site.zip && zip -qr /var/backups/site/site.zip .\n' "$SITE" \
    > /usr/local/sbin/backup-site
systemctl start backup.service
