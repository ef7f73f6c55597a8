# The preference stands at the web server, which has to be with the address.
# starts-from: after-q8
# loses:
# why: a colocation passes preferences on: the address goes where the web server wants to be.
## on serv1
cibadmin --delete --xpath "//rsc_location"
crm_resource --resource serviceWeb --meta --set-parameter migration-threshold --parameter-value 5
crm configure <<'EOF'
colocation ensemble inf: serviceWeb IPFailover
order adresse-dabord Mandatory: IPFailover serviceWeb
location web-prefere serviceWeb 200: serv1
commit
quit
EOF
settled
