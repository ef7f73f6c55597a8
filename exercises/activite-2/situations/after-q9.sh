# Question 9: address and web service in a group, so that they run on the same node.
# starts-from: after-q8
## on serv1
crm configure <<'EOF'
group servweb IPFailover serviceWeb meta migration-threshold=5
commit
quit
EOF
settled
crm_resource --resource serviceWeb --locate | grep -qw serv1
