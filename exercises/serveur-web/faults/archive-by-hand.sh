# The archive was made by hand, and the service has never run.
# starts-from: after-q5
# loses: Q6.ran
# why: whether the service would make one nobody has seen.
## on web
mkdir -p /var/backups/site
(umask 077 && tar -czf /var/backups/site/site.tar.gz -C /var/www "$SITE")
printf '[Service]\nType=oneshot\nExecStart=/usr/local/sbin/backup-site\n' > /etc/systemd/system/backup.service
printf '[Timer]\nOnCalendar=*-*-* 03:00\n[Install]\nWantedBy=timers.target\n' > /etc/systemd/system/backup.timer
systemctl daemon-reload
systemctl --quiet enable --now backup.timer
