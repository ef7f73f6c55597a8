# The folder is deploy's, what is in it is root's.
# starts-from: solved
# loses: Q5.owner
# why: chown goes into folders with -R only.
# ci: yes
## on web
chown -R root:www-data "/var/www/$SITE"
chown deploy "/var/www/$SITE"
