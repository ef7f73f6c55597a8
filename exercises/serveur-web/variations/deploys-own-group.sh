# www-data is deploy's first group, the account is the system's, and the files are closed to others.
# starts-from: solved
# loses:
## on web
userdel --remove deploy 2> /dev/null
useradd --system --gid www-data --home-dir "/var/www/$SITE" --shell /usr/sbin/nologin deploy
chown -R deploy: "/var/www/$SITE"
chmod -R u=rwX,g=rX,o= "/var/www/$SITE"
ln -s /etc/hostname "/var/www/$SITE/machine.txt"
chown -h deploy: "/var/www/$SITE/machine.txt"
