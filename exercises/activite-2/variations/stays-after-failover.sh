# Stickiness outweighs the preference: after a failover the resources stay on the second node.
# starts-from: solved
# loses:
# why: it is the policy that production is advised to have; the failover was done, and nothing failed.
## on serv1
cibadmin --delete --xpath "//rsc_location"
crm configure location prefere-serv1 servweb 50: serv1
crm_attribute --type rsc_defaults --name resource-stickiness --update 100
tried_by_standby
