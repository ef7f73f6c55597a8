# Operations are switched off for all resources, by their defaults.
# starts-from: solved
# loses: Q1.monitor-interval, Q7.monitor
# why: the monitors are written and never run.
## on serv1
crm_attribute --type op_defaults --name enabled --update false
settled
