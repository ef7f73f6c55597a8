# sshd runs, but is not started at boot.
# starts-from: solved
# loses: Q4.at-boot
# why: after a reboot nobody gets in from outside.
## on web
systemctl --quiet disable ssh
