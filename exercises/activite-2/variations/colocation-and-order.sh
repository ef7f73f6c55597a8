# A colocation and an order instead of the group.
# starts-from: after-q8
# loses:
# why: the same effect.
## on serv1
crm_resource --resource serviceWeb --meta --set-parameter migration-threshold --parameter-value 5
crm configure <<'EOF'
colocation ensemble inf: serviceWeb IPFailover
order adresse-dabord Mandatory: IPFailover serviceWeb
commit
quit
EOF
settled
