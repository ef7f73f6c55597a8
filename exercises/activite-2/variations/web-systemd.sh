# The web service is systemd:apache2.
# starts-from: after-q6
# loses:
# why: the same service by another class.
## on serv1
crm configure <<'EOF'
primitive serviceWeb systemd:apache2 op monitor interval=60s op start interval=0 timeout=60s op stop interval=0 timeout=60s
group servweb IPFailover serviceWeb meta migration-threshold=5
commit
quit
EOF
settled
