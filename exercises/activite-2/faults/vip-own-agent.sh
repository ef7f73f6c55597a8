# The address is moved by a copy of the agent under another provider.
# starts-from: solved
# loses: Q1.primitive
# why: the sheet asks for ocf:heartbeat:IPaddr2; all the rest is as it asks, and works.
## on serv2
mkdir -p /usr/lib/ocf/resource.d/perso
cp /usr/lib/ocf/resource.d/heartbeat/IPaddr2 /usr/lib/ocf/resource.d/perso/VirtualIP
## on serv1
mkdir -p /usr/lib/ocf/resource.d/perso
cp /usr/lib/ocf/resource.d/heartbeat/IPaddr2 /usr/lib/ocf/resource.d/perso/VirtualIP
cibadmin --modify --scope resources --xml-text '<primitive id="IPFailover" provider="perso" type="VirtualIP"/>'
settled
