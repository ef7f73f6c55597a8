# The web server's resource was restarted a moment ago.
# starts-from: solved
# loses:
# why: a transition that is under way says nothing of where things will run.
## on serv1
crm_resource --restart --resource serviceWeb > /dev/null 2>&1 &
