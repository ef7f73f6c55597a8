# Both nodes were in standby once.
# starts-from: solved
# loses:
# why: “crm node online” leaves standby=off behind.
## on serv1
crm_attribute --node serv2 --name standby --update off
crm_attribute --node serv1 --name standby --update off
settled
