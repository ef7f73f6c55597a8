# Question 6: a timer that archives the site.
# starts-from: after-q5
## on web
mkdir -p /var/backups/site
cat > /usr/local/sbin/backup-site <<SCRIPT
#!/bin/sh
umask 077
tar -czf "/var/backups/site/site-\$(date +%Y-%m-%d).tar.gz" -C /var/www "$SITE"
SCRIPT
chmod 755 /usr/local/sbin/backup-site
cat > /etc/systemd/system/backup.service <<'UNIT'
[Unit]
Description=Archive of the site
[Service]
Type=oneshot
ExecStart=/usr/local/sbin/backup-site
UNIT
cat > /etc/systemd/system/backup.timer <<'UNIT'
[Unit]
Description=Archive of the site, every night
[Timer]
OnCalendar=*-*-* 03:00
Persistent=true
[Install]
WantedBy=timers.target
UNIT
systemctl daemon-reload
systemctl --quiet enable --now backup.timer
systemctl start backup.service
