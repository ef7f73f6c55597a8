# The web server, which has to be with the address, is banned from the second node.
# starts-from: after-q8
# loses: Q3.no-ban
# why: the colocation passes the ban on: when the first node stops, no site is left.
## on serv1
crm_resource --resource serviceWeb --meta --set-parameter migration-threshold --parameter-value 5
crm configure <<'EOF'
colocation ensemble inf: serviceWeb IPFailover
order adresse-dabord Mandatory: IPFailover serviceWeb
location web-jamais serviceWeb -inf: serv2
commit
quit
EOF
settled
