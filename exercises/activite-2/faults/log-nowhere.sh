# Pacemaker was told to log nowhere, and the primary was put into standby and never put online again.
# starts-from: solved
# loses: Q3.no-standby
# why: what was tried leaves no trace then, and is not assessed; the node in standby is seen all the same.
## on serv2
stopped_with PCMK_logfile=none PCMK_logfacility=none
rm /var/log/pacemaker/pacemaker.log
## on serv1
stopped_with PCMK_logfile=none PCMK_logfacility=none
rm /var/log/pacemaker/pacemaker.log
systemctl start pacemaker
## on serv2
systemctl start pacemaker
both_online
## on serv1
crm node standby serv1
settled
