# Pacemaker was told to log nowhere, and the primary was put into standby and never put online again.
# starts-from: solved
# loses: Q3.no-standby
# why: what was tried leaves no trace then, and is not assessed; the node in standby is seen all the same.
## on serv2
systemctl stop pacemaker
rm /var/log/pacemaker/pacemaker.log
cat >> /etc/default/pacemaker <<EOF
PCMK_logfile=none
PCMK_logfacility=none
EOF
## on serv1
systemctl stop pacemaker
rm /var/log/pacemaker/pacemaker.log
cat >> /etc/default/pacemaker <<EOF
PCMK_logfile=none
PCMK_logfacility=none
EOF
systemctl start pacemaker
## on serv2
systemctl start pacemaker
until crm_mon -1 2>/dev/null | grep -q 'Online: . serv1 serv2 .'; do sleep 0.5; done
settled
## on serv1
crm node standby serv1
settled
