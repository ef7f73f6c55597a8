# The page was changed after the last backup, an older archive was left beside the new, and the timer counts from the boot.
# starts-from: solved
# loses:
## on web
tar -cJf /var/backups/site/ancien.tar.xz -C / etc/hostname
touch -d '3 days ago' /var/backups/site/ancien.tar.xz
chmod 600 /var/backups/site/ancien.tar.xz
printf '[Timer]\nOnBootSec=15min\nOnUnitActiveSec=1d\n[Install]\nWantedBy=timers.target\n' > /etc/systemd/system/backup.timer
systemctl daemon-reload
systemctl restart backup.timer
systemctl start backup.service
sleep 1
echo '<p>Nouveau</p>' >> "/var/www/$SITE/index.html"
