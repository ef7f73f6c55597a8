# The threshold hangs on a rule for the hours of the night, and is another by day; neither is the sheet's.
# starts-from: solved
# loses: Q9.migration-threshold
# why: whether the rule holds or not, it is not 5.
## on serv1
crm_resource --resource servweb --meta --set-parameter migration-threshold --parameter-value 3
cibadmin --modify --xpath "//group[@id='servweb']" --xml-text '<group id="servweb"><meta_attributes id="nuit" score="2"><rule id="nuit-rule" score="0"><date_expression id="nuit-date" operation="date_spec"><date_spec id="nuit-heures" hours="20-23"/></date_expression></rule><nvpair id="nuit-seuil" name="migration-threshold" value="1"/></meta_attributes></group>'
settled
