# Resources are unmanaged by default.
# starts-from: solved
# loses: H0.managed
# halts: yes
# why: rsc_defaults is-managed=false counts for everything that says nothing else.
## on serv1
crm_attribute --type rsc_defaults --name is-managed --update false
settled
