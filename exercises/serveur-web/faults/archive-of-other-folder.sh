# What is archived is Debian's own folder, not the site's.
# starts-from: solved
# loses: Q6.archive
# why: nobody looked into the archive.
## on web
rm /var/backups/site/*
sed -i "s|-C .*|-C /var/www html|" /usr/local/sbin/backup-site
systemctl start backup.service
