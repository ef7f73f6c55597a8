# deploy is not in the group www-data.
# starts-from: solved
# loses: Q5.user
# why: usermod -G without -a took the group away again.
## on web
groupadd site
usermod -G site deploy
