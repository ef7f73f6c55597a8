# The primary was named for the session only.
# starts-from: solved
# loses: Q1.host-name
# why: `hostname serv1` is forgotten at the next boot; /etc/hostname has the installer's name.
## on serv1
echo debian > /etc/hostname
