# The web service is lsb:apache, a script that Debian does not have.
# starts-from: after-q6
# loses: Q7.running, H0.agents
# why: it is called apache2: Pacemaker finds no script to start, on either node; a probe that finds none is no failed action to it.
## on serv1
crm --force configure <<'EOF'
primitive serviceWeb lsb:apache op monitor interval=60s op start interval=0 timeout=60s op stop interval=0 timeout=60s
group servweb IPFailover serviceWeb meta migration-threshold=5
commit
quit
EOF
settled
