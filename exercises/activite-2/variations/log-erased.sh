# The failover was tried, and every log was emptied since.
# starts-from: solved
# loses:
# why: what was erased proves nothing for or against: a drill, or the teacher, decides.
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
## on serv1
truncate -s 0 /var/log/pacemaker/pacemaker.log
rm -rf /var/lib/pacemaker/pengine/*
journal_emptied
crm resource refresh IPFailover
settled
## on serv2
truncate -s 0 /var/log/pacemaker/pacemaker.log
rm -rf /var/lib/pacemaker/pengine/*
journal_emptied
