# Address and web service are colocated, but in no order.
# starts-from: after-q8
# loses: Q9.order
# why: Apache may start before its address is there.
## on serv1
crm_resource --resource serviceWeb --meta --set-parameter migration-threshold --parameter-value 5
crm configure <<'EOF'
colocation ensemble inf: serviceWeb IPFailover
commit
quit
EOF
settled
