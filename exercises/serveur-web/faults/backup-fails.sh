# The script can no longer be executed, and the service fails.
# starts-from: solved
# loses: Q6.ran
# why: the archive that is there is the last one for good.
# ci: yes
## on web
chmod -x /usr/local/sbin/backup-site
systemctl start backup.service || :
