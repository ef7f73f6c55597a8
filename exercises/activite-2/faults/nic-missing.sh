# The address is to go on an interface that neither machine has.
# starts-from: solved
# loses: Q1.interface, Q1.running, H0.no-failures
# why: the agent cannot put the address on eth1, which does not exist: it fails to start, first here, then there.
# ci: yes
## on serv1
crm_resource --resource IPFailover --set-parameter nic --parameter-value eth1
settled
