# Address and web service are kept apart.
# starts-from: after-q8
# loses: Q9.together
# why: -inf instead of inf: they never run on the same node.
## on serv1
crm_resource --resource serviceWeb --meta --set-parameter migration-threshold --parameter-value 5
crm configure <<'EOF'
colocation ensemble -inf: serviceWeb IPFailover
order adresse-dabord Mandatory: IPFailover serviceWeb
commit
quit
EOF
settled
