# Pacemaker has no log file of its own: only the journal has what was tried.
# starts-from: solved
# loses:
# why: journald keeps what the cluster decided, and the scheduler's inputs keep why.
## on serv2
systemctl stop pacemaker
rm /var/log/pacemaker/pacemaker.log
cat >> /etc/default/pacemaker <<EOF
PCMK_logfile=none
EOF
## on serv1
systemctl stop pacemaker
rm /var/log/pacemaker/pacemaker.log
cat >> /etc/default/pacemaker <<EOF
PCMK_logfile=none
EOF
systemctl start pacemaker
## on serv2
systemctl start pacemaker
until crm_mon -1 2>/dev/null | grep -q 'Online: . serv1 serv2 .'; do sleep 0.5; done
settled
## on serv1
crm node standby serv1
settled
crm node online serv1
settled
## on serv1
systemctl stop pacemaker
## on serv2
until crm_mon -1 2>/dev/null | grep -q 'IPFailover.*Started serv2'; do sleep 0.5; done
settled
## on serv1
systemctl start pacemaker
## on serv2
until crm_mon -1 2>/dev/null | grep -q 'Online: . serv1 serv2 .'; do sleep 0.5; done
settled
