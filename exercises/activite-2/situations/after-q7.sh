# Question 7: the web service as a resource; Pacemaker starts it on the other node than the address.
# starts-from: after-q6
## on serv1
crm configure <<'EOF'
primitive serviceWeb lsb:apache2 op monitor interval=60s op start interval=0 timeout=60s op stop interval=0 timeout=60s
commit
quit
EOF
settled
