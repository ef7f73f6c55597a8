# The web service is lsb:apache, a script that Debian does not have.
# starts-from: after-q6
# loses: Q7.running, H0.agents, H0.no-failures
# why: it is called apache2: Pacemaker finds no script to start, on either node.
## on serv1
crm --force configure <<'EOF'
primitive serviceWeb lsb:apache op monitor interval=60s op start interval=0 timeout=60s op stop interval=0 timeout=60s
group servweb IPFailover serviceWeb meta migration-threshold=5
commit
quit
EOF
settled
