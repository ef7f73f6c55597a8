# The preference names the group by a regular expression.
# starts-from: solved
# loses:
# why: rsc-pattern is an extended regular expression; its effect is the same.
## on serv1
cibadmin --delete --xpath "//rsc_location"
cibadmin --create --scope constraints --xml-text '<rsc_location id="par-motif" rsc-pattern="^serv(web|intralab)$" node="serv1" score="100"/>'
settled
