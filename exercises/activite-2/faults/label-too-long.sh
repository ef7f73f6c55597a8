# The label of the address is too long for the kernel.
# starts-from: solved
# loses: Q1.running, H0.no-failures
# why: interface and label together may have 15 characters: the agent refuses to start the address on either node.
## on serv1
crm_resource --resource IPFailover --set-parameter iflabel --parameter-value AdresseVirtuelle
settled
