# The order of address and web service is optional.
# starts-from: after-q8
# loses: Q9.order
# why: an optional order counts only where both happen to start at once.
## on serv1
crm_resource --resource serviceWeb --meta --set-parameter migration-threshold --parameter-value 5
crm configure <<'EOF'
colocation ensemble inf: serviceWeb IPFailover
order adresse-dabord Optional: IPFailover serviceWeb
commit
quit
EOF
settled
