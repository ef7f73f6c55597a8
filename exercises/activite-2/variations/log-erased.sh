# The failover was tried, and every log was emptied since.
# starts-from: solved
# loses:
# why: what was erased proves nothing for or against: a drill, or the teacher, decides.
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
## on serv1
truncate -s 0 /var/log/pacemaker/pacemaker.log
rm -rf /var/log/journal/* /var/lib/pacemaker/pengine/*
systemctl restart systemd-journald
crm resource refresh IPFailover
settled
## on serv2
truncate -s 0 /var/log/pacemaker/pacemaker.log
rm -rf /var/log/journal/* /var/lib/pacemaker/pengine/*
systemctl restart systemd-journald
