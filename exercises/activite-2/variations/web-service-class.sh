# The web service is service:apache2.
# starts-from: after-q6
# loses:
# why: service: takes whatever the system starts services with.
## on serv1
crm configure <<'EOF'
primitive serviceWeb service:apache2 op monitor interval=60s op start interval=0 timeout=60s op stop interval=0 timeout=60s
group servweb IPFailover serviceWeb meta migration-threshold=5
commit
quit
EOF
settled
