# Resources, group and nodes are described in words.
# starts-from: solved
# loses:
# why: a description changes nothing.
## on serv1
# By its standard input: Pacemaker 3.0 takes no accents on its command line.
for id in IPFailover serviceWeb; do
    echo "<primitive id=\"$id\" description=\"géré par l'équipe (n° 1) : $id\"/>" \
        | cibadmin --modify --xpath "//primitive[@id='$id']" --xml-pipe
done
cibadmin --modify --xpath "//group[@id='servweb']" --xml-text '<group id="servweb" description="adresse et site"/>'
settled
