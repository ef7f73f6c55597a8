# The preference had a lifetime, and that is over.
# starts-from: solved
# loses: Q3.preference
# why: a move with a lifetime writes a rule that no longer holds.
## on serv1
cibadmin --delete --xpath "//rsc_location"
cibadmin --create --scope constraints --xml-text '<rsc_location id="cli-prefer-IPFailover" rsc="IPFailover" role="Started"><rule id="cli-prefer-rule-IPFailover" score="INFINITY" boolean-op="and"><expression id="cli-prefer-expr-IPFailover" attribute="#uname" operation="eq" value="serv1" type="string"/><date_expression id="cli-prefer-lifetime-end-IPFailover" operation="lt" end="2020-01-01 00:00:00Z"/></rule></rsc_location>'
settled
