# The second node's cluster services were restarted a moment ago.
# starts-from: solved
# loses:
# why: a node that is joining is neither offline nor lost.
## on serv2
systemctl restart pacemaker
