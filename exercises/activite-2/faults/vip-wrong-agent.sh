# The address is moved by IPaddr, the older agent.
# starts-from: solved
# loses: Q1.primitive
# why: the sheet asks for ocf:heartbeat:IPaddr2; all the rest is as it asks, and works.
## on serv1
cibadmin --modify --scope resources --xml-text '<primitive id="IPFailover" type="IPaddr"/>'
settled
