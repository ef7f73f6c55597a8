# The copied key belongs to the user who brought it.
# starts-from: solved
# loses: Q2.authkey-mode
# why: that user can read it, whatever the mode says.
## on serv2
useradd --create-home eleve
chown eleve:eleve /etc/corosync/authkey
