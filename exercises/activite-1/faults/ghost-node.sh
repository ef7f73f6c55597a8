# A node is left in the cluster under the machine's old name.
# starts-from: solved
# loses: Q3.no-ghost
# why: the cluster was first started before the machine was named; a node never goes away by itself.
# ci: yes
## on serv1
cibadmin --create --scope nodes --xml-text '<node id="3" uname="debian"/>'
settled
