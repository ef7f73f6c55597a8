# The ports were opened in firewalld, but not permanently.
# starts-from: solved
# loses: Q3.at-boot
# why: without --permanent what was opened is closed again at the next start.
## on web
systemctl --quiet disable --now nftables
systemctl --quiet enable --now firewalld
firewall-cmd --quiet --add-service=http --add-service=https
