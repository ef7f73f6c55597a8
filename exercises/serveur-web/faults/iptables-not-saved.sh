# The rules are iptables', netfilter-persistent is enabled, and they were never saved.
# starts-from: solved
# loses: Q3.at-boot
# why: what is loaded at boot is the empty file of the installation.
## on web
systemctl --quiet disable --now nftables
nft flush ruleset
iptables -A INPUT -i lo -j ACCEPT
iptables -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
iptables -A INPUT -p tcp -m multiport --dports 22,80,443 -j ACCEPT
iptables -A INPUT -p icmp -j ACCEPT
iptables -P INPUT DROP
systemctl --quiet enable netfilter-persistent
