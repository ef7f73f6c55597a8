# The web service is unmanaged.
# starts-from: solved
# loses: H0.managed
# halts: yes
# why: is-managed=false: it runs, but nobody restarts or moves it.
## on serv1
crm resource unmanage serviceWeb
settled
