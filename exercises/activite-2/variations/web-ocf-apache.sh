# The web service is ocf:heartbeat:apache.
# starts-from: after-q6
# loses:
# why: the sheet's own first example.
## on serv1
crm configure <<'EOF'
primitive serviceWeb ocf:heartbeat:apache params configfile=/etc/apache2/apache2.conf op monitor interval=60s op start interval=0 timeout=60s op stop interval=0 timeout=60s
group servweb IPFailover serviceWeb meta migration-threshold=5
commit
quit
EOF
settled
