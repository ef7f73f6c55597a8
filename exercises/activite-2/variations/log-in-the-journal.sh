# Pacemaker has no log file of its own: only the journal has what was tried.
# starts-from: solved
# loses:
# why: journald keeps what the cluster decided, and the scheduler's inputs keep why.
## on serv2
stopped_with PCMK_logfile=none
rm /var/log/pacemaker/pacemaker.log
## on serv1
stopped_with PCMK_logfile=none
rm /var/log/pacemaker/pacemaker.log
systemctl start pacemaker
## on serv2
systemctl start pacemaker
both_online
## on serv1
tried_by_standby
## on serv1
systemctl stop pacemaker
## on serv2
until crm_mon -1 2>/dev/null | grep -q 'IPFailover.*Started serv2'; do sleep 0.5; done
settled
## on serv1
systemctl start pacemaker
## on serv2
both_online
