# Address and web service are colocated with a score of 10.
# starts-from: after-q8
# loses: Q9.together
# why: a finite score is a wish, not a tie.
## on serv1
crm_resource --resource serviceWeb --meta --set-parameter migration-threshold --parameter-value 5
crm configure <<'EOF'
colocation ensemble 10: serviceWeb IPFailover
order adresse-dabord Mandatory: IPFailover serviceWeb
commit
quit
EOF
settled
