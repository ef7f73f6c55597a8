# The firewall lets in 22 and 80 only.
# starts-from: solved
# loses: Q2.page
# why: nobody outside sees the site by HTTPS.
## on web
icmp_rules | rules '22, 80' > /etc/nftables.conf
systemctl restart nftables
