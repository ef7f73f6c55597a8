# A formed cluster with nothing configured but fencing switched off, as the sheet before this one leaves it.
## on serv1
crm configure property stonith-enabled=false
settled
