# Question 3: a firewall that lets in SSH, HTTP, HTTPS and echo.
# starts-from: after-q2
# loses: Q4.root-login, Q5.user, Q6.timer, Q6.ran, Q6.archive
## on web
icmp_rules | rules '22, 80, 443' > /etc/nftables.conf
systemctl --quiet enable --now nftables
