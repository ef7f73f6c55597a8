# The primary was put into standby until its next reboot, and forgotten.
# starts-from: solved
# loses: Q3.no-standby
# why: this form of standby is in no crm configure show; everything runs on the secondary, without a backup.
# ci: yes
## on serv1
crm_attribute --node serv1 --name standby --update on --lifetime reboot
settled
