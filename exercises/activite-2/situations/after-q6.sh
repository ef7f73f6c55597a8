# Question 6: the failover was tried by putting the primary into standby and back.
# starts-from: after-q5
## on serv1
crm node standby serv1
settled
crm_resource --resource IPFailover --locate | grep -qw serv2
crm node online serv1
settled
crm_resource --resource IPFailover --locate | grep -qw serv1
