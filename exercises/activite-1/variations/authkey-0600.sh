# The key can be written by root.
# starts-from: solved
# loses:
# why: nobody else reads it.
## on serv1
chmod 0600 /etc/corosync/authkey
## on serv2
chmod 0600 /etc/corosync/authkey
