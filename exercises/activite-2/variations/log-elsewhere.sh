# Pacemaker writes its log elsewhere, and the failover was tried by standby.
# starts-from: solved
# loses:
# why: where the log is is the student's choice; what it proves counts from there.
## on serv2
install -d -o hacluster -g haclient /var/log/ha
stopped_with 'PCMK_logfile="/var/log/ha/pcmk.log"'
## on serv1
install -d -o hacluster -g haclient /var/log/ha
stopped_with 'PCMK_logfile="/var/log/ha/pcmk.log"'
systemctl start pacemaker
## on serv2
systemctl start pacemaker
both_online
## on serv1
tried_by_standby
