# The address has no label.
# starts-from: solved
# loses:
# why: the label is optional: it only makes ifconfig show the address.
## on serv1
crm_resource --resource IPFailover --delete-parameter iflabel
settled
