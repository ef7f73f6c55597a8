# Pacemaker has no log file of its own and journald keeps nothing: syslog has what was tried.
# starts-from: solved
# loses:
# why: syslog has the journal's lines, under its own heading and partly packed.
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
# journald prints what rsyslog writes, save the colon of the zone; rsyslog is not in the class.
journalctl -o short-iso-precise -q --no-pager _SYSTEMD_UNIT=pacemaker.service \
| sed -E 's/^([^ ]+[+-][0-9]{2})([0-9]{2}) /\1:\2 /' > /var/log/all
head -n 100 /var/log/all | gzip > /var/log/syslog.2.gz
tail -n +101 /var/log/all > /var/log/syslog
rm /var/log/all
mkdir -p /etc/systemd/journald.conf.d
printf '[Journal]\nStorage=none\n' > /etc/systemd/journald.conf.d/none.conf
systemctl restart systemd-journald
rm -rf /var/log/journal/* /run/log/journal/*
## on serv2
# journald prints what rsyslog writes, save the colon of the zone; rsyslog is not in the class.
journalctl -o short-iso-precise -q --no-pager _SYSTEMD_UNIT=pacemaker.service \
| sed -E 's/^([^ ]+[+-][0-9]{2})([0-9]{2}) /\1:\2 /' > /var/log/all
head -n 100 /var/log/all | gzip > /var/log/syslog.2.gz
tail -n +101 /var/log/all > /var/log/syslog
rm /var/log/all
mkdir -p /etc/systemd/journald.conf.d
printf '[Journal]\nStorage=none\n' > /etc/systemd/journald.conf.d/none.conf
systemctl restart systemd-journald
rm -rf /var/log/journal/* /run/log/journal/*
