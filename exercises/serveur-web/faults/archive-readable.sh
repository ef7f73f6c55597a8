# The archives can be read by everybody.
# starts-from: solved
# loses: Q6.private
# why: the service has systemd's umask, 0022.
# ci: yes
## on web
sed -i '/umask/d' /usr/local/sbin/backup-site
rm /var/backups/site/*
systemctl start backup.service
