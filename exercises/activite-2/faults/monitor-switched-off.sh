# The address has its monitor, switched off.
# starts-from: solved
# loses: Q1.monitor-interval
# why: an operation with enabled=false is never run.
## on serv1
crm configure show IPFailover | sed 's/op monitor interval=10s/& enabled=false/' > /root/ip.crm
crm configure load update /root/ip.crm
settled
