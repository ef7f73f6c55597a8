# The web server's resource was stopped, and is just being started again.
# starts-from: solved
# loses:
# why: a transition that is under way says nothing of where things will run.
## on serv1
crm_resource --resource serviceWeb --meta --set-parameter target-role --parameter-value Stopped
settled
crm_resource --resource serviceWeb --meta --delete-parameter target-role
