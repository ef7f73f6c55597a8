# The timer was started and is not enabled.
# starts-from: solved
# loses: Q6.timer
# why: after a reboot there is no backup any more.
## on web
systemctl --quiet disable backup.timer
