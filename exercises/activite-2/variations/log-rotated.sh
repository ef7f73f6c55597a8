# The failover was tried, and the log that has it was rotated and packed since.
# starts-from: solved
# loses:
# why: logrotate(8) copies, packs and empties the log once a week (copytruncate, dateext), and journald lets go of its own.
## on serv1
tried_by_standby
cp /var/log/pacemaker/pacemaker.log /var/log/pacemaker/pacemaker.log-20260101
gzip /var/log/pacemaker/pacemaker.log-20260101
truncate -s 0 /var/log/pacemaker/pacemaker.log
journal_emptied
## on serv2
cp /var/log/pacemaker/pacemaker.log /var/log/pacemaker/pacemaker.log-20260101
gzip /var/log/pacemaker/pacemaker.log-20260101
truncate -s 0 /var/log/pacemaker/pacemaker.log
journal_emptied
## on serv1
systemctl stop pacemaker
## on serv2
until crm_mon -1 2>/dev/null | grep -q 'IPFailover.*Started serv2'; do sleep 0.5; done
settled
## on serv1
systemctl start pacemaker
## on serv2
both_online
