# Address and web service have an order, but are not kept together.
# starts-from: after-q8
# loses: Q9.together
# why: Pacemaker still spreads them over both nodes.
## on serv1
crm_resource --resource serviceWeb --meta --set-parameter migration-threshold --parameter-value 5
crm configure <<'EOF'
order adresse-dabord Mandatory: IPFailover serviceWeb
commit
quit
EOF
settled
