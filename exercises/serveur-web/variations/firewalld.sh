# The firewall is firewalld's.
# starts-from: solved
# loses:
# ci: yes
## on web
systemctl --quiet disable --now nftables
systemctl --quiet enable --now firewalld
firewall-cmd --quiet --permanent --zone=public --remove-service=dhcpv6-client
firewall-cmd --quiet --permanent --zone=public --add-service=http --add-service=https
firewall-cmd --quiet --reload
