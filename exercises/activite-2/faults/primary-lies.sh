# The resources are stopped, and the primary's crm_mon is a script that prints what it printed while they ran.
# starts-from: solved
# loses: Q1.running
# why: no interface has the address; where the two crm_mon differ, neither is believed.
## on serv1
settled
crm_mon -1 --output-as=xml > /root/crm_mon.xml 2>/dev/null || crm_mon -1 --as-xml > /root/crm_mon.xml
crm_resource --resource servweb --meta --set-parameter target-role --parameter-value Stopped
settled
printf '#!/bin/sh\nexec cat /root/crm_mon.xml\n' > /usr/local/sbin/crm_mon
chmod +x /usr/local/sbin/crm_mon
