# Resources, group and nodes are described in words.
# starts-from: solved
# loses:
# why: a description changes nothing.
## on serv1
export LC_ALL=C.UTF-8
for id in IPFailover serviceWeb; do
    cibadmin --modify --xpath "//primitive[@id='$id']" --xml-text "<primitive id=\"$id\" description=\"géré par l'équipe (n° 1) : $id\"/>"
done
cibadmin --modify --xpath "//group[@id='servweb']" --xml-text '<group id="servweb" description="adresse et site"/>'
settled
