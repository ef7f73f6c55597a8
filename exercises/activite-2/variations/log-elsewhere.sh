# Pacemaker writes its log elsewhere, and the failover was tried by standby.
# starts-from: solved
# loses:
# why: where the log is is the student's choice; what it proves counts from there.
## on serv2
systemctl stop pacemaker
install -d -o hacluster -g haclient /var/log/ha
cat >> /etc/default/pacemaker <<EOF
PCMK_logfile="/var/log/ha/pcmk.log"
EOF
## on serv1
systemctl stop pacemaker
install -d -o hacluster -g haclient /var/log/ha
cat >> /etc/default/pacemaker <<EOF
PCMK_logfile="/var/log/ha/pcmk.log"
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
