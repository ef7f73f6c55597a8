# The “web service” is an agent that does nothing.
# starts-from: after-q6
# loses: Q7.primitive
# why: ocf:heartbeat:Dummy starts no web server.
## on serv1
crm configure <<'EOF'
primitive serviceWeb ocf:heartbeat:Dummy op monitor interval=60s op start interval=0 timeout=60s op stop interval=0 timeout=60s
group servweb IPFailover serviceWeb meta migration-threshold=5
commit
quit
EOF
settled
