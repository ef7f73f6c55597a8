# Some of it done on the first machine.
# starts-from: fresh
## on one
install -m 0640 -o root -g adm /dev/null /etc/sheet.conf
printf 'name = %s\nport = 8080\n\ntimeout 90s\n' "$STUDENT" > /etc/sheet.conf
printf '{"list": [{"port": 8080, "on": true}], "net": "172.16.0.0/16"}\n' > /etc/sheet.json
ln -s /etc/sheet.conf /etc/sheet.link
echo shared > /etc/same
echo one > /etc/other
useradd --create-home --groups adm,www-data --shell /bin/bash deploy
mkdir -p "/srv/a b"
mount -t tmpfs -o size=1m,nodev tmpfs "/srv/a b"
systemctl enable --now cron
## on two
echo shared > /etc/same
echo two > /etc/other
