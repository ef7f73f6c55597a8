# Port 8080 is in the list of what is let in.
# starts-from: solved
# loses: Q3.internal
# why: the service is for the house.
## on web
icmp_rules | rules '22, 80, 443, 8080' > /etc/nftables.conf
systemctl restart nftables
