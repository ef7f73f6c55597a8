# The timer is enabled and was never started.
# starts-from: solved
# loses: Q6.timer
# why: it waits for the next boot.
# ci: yes
## on web
systemctl stop backup.timer
