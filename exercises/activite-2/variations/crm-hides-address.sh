# crmsh hides the address and the interface.
# starts-from: solved
# loses:
# why: what `crm configure show` hides (obscure_pattern) neither confirms nor denies what the CIBs say.
## on serv2
mkdir -p /etc/crm
printf '[core]\nobscure_pattern = ip|nic|passw*\n' > /etc/crm/crm.conf
## on serv1
mkdir -p /etc/crm
printf '[core]\nobscure_pattern = ip|nic|passw*\n' > /etc/crm/crm.conf
crm configure show IPFailover | grep -qF '******'
