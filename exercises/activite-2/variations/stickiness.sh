# Resources stay where they are once they have moved.
# starts-from: solved
# loses:
# why: the sheet recommends it for production.
## on serv1
crm_attribute --type rsc_defaults --name resource-stickiness --update 100
settled
