# Apache was started by hand and is not enabled.
# starts-from: solved
# loses: Q1.at-boot
# why: after a reboot there is no site.
## on web
systemctl --quiet disable apache2
