# crmsh is told to colour all that it prints, and every session to have a terminal that shows it.
# starts-from: solved
# loses:
# why: what tells a terminal of colours says nothing else.
## on serv2
printf '[color]\nstyle = color-always\n' >> /etc/crm/crm.conf
echo 'TERM=xterm' >> /etc/environment
## on serv1
printf '[color]\nstyle = color-always\n' >> /etc/crm/crm.conf
echo 'TERM=xterm' >> /etc/environment
