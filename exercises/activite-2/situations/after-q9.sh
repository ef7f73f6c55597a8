# Question 9: address and web service in a group, so that they run on the same node.
# starts-from: after-q8
## on serv1
# A cluster that has only just settled may make crmsh ask whether to commit in spite of a warning; the sheet says to
# answer no, and the student tries again.
for attempt in 1 2 3 4 5; do
    cibadmin --query --xpath "//group[@id='servweb']" >/dev/null 2>&1 && break
    crm configure <<'EOF' || sleep 2
group servweb IPFailover serviceWeb meta migration-threshold=5
commit
quit
EOF
done
cibadmin --query --xpath "//group[@id='servweb']" >/dev/null
settled
crm_resource --resource serviceWeb --locate | grep -qw serv1
