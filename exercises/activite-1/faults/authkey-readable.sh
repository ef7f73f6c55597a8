# The key was copied with a mode that everybody can read.
# starts-from: solved
# loses: Q2.authkey-mode
# why: 0644, as a copy by way of a plain user's home leaves it.
## on serv2
chmod 0644 /etc/corosync/authkey
