# The archive has nothing but the empty folder in it.
# starts-from: solved
# loses: Q6.archive
# why: the backup was made before there were files, and never again.
## on web
rm /var/backups/site/*
(umask 077 && mkdir -p "/tmp/vide/$SITE" && tar -czf /var/backups/site/site.tar.gz -C /tmp/vide "$SITE")
