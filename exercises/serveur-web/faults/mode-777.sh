# The site's folder has mode 777, with all that is in it.
# starts-from: solved
# loses: Q5.not-writable
# why: “so that it works”: now every account can change the site.
# ci: yes
## on web
chmod -R 777 "/var/www/$SITE"
