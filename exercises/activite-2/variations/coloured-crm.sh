# crmsh is told to colour all that it prints.
# starts-from: solved
# loses:
# why: what tells a terminal of colours says nothing else.
## on serv2
printf '[color]\nstyle = color-always\n' >> /etc/crm/crm.conf
## on serv1
printf '[color]\nstyle = color-always\n' >> /etc/crm/crm.conf
