# The firewall has no rule for ICMP.
# starts-from: solved
# loses: Q3.echo
# why: a policy that drops drops pings as well.
# ci: yes
## on web
rules '22, 80, 443' < /dev/null > /etc/nftables.conf
systemctl restart nftables
