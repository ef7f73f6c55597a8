# nftables was started and not enabled.
# starts-from: solved
# loses: Q3.at-boot
# why: after a reboot everything is open.
## on web
systemctl --quiet disable nftables
