# corosync.conf was typed on each node, with other comments and blanks.
# starts-from: solved
# loses:
# why: what Corosync reads is the same.
## on serv2
sed -i -e 's/^ \{4,8\}/\t/' -e 's/: /:  /' -e '1i# Copie pour serv2' /etc/corosync/corosync.conf
corosync -t > /dev/null
