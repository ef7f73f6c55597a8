# Pacemaker has no log file of its own and journald keeps nothing: syslog has what was tried.
# starts-from: solved
# loses:
# why: syslog has the journal's lines, under its own heading and partly packed.
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
# journald prints what rsyslog writes, save the colon of the zone; rsyslog is not in the class.
journalctl -o short-iso-precise -q --no-pager _SYSTEMD_UNIT=pacemaker.service \
| sed -E 's/^([^ ]+[+-][0-9]{2})([0-9]{2}) /\1:\2 /' > /var/log/all
head -n 100 /var/log/all | gzip > /var/log/syslog.2.gz
tail -n +101 /var/log/all > /var/log/syslog
rm /var/log/all
mkdir -p /etc/systemd/journald.conf.d
printf '[Journal]\nStorage=none\n' > /etc/systemd/journald.conf.d/none.conf
journal_emptied
## on serv2
# journald prints what rsyslog writes, save the colon of the zone; rsyslog is not in the class.
journalctl -o short-iso-precise -q --no-pager _SYSTEMD_UNIT=pacemaker.service \
| sed -E 's/^([^ ]+[+-][0-9]{2})([0-9]{2}) /\1:\2 /' > /var/log/all
head -n 100 /var/log/all | gzip > /var/log/syslog.2.gz
tail -n +101 /var/log/all > /var/log/syslog
rm /var/log/all
mkdir -p /etc/systemd/journald.conf.d
printf '[Journal]\nStorage=none\n' > /etc/systemd/journald.conf.d/none.conf
journal_emptied
