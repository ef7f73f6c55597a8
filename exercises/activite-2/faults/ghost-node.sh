# A third node is in the configuration that does not exist.
# starts-from: solved
# loses: H0.no-ghost
# why: node1 comes from Debian's sample corosync.conf and never goes away by itself.
# ci: yes
## on serv1
cibadmin --create --scope nodes --xml-text '<node id="3" uname="node1"/>'
settled
