# The firewall is iptables' and kept by netfilter-persistent.
# starts-from: solved
# loses:
# ci: yes
## on web
systemctl --quiet disable --now nftables
nft flush ruleset
for tool in iptables ip6tables; do
    $tool -A INPUT -i lo -j ACCEPT
    $tool -A INPUT -m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT
    $tool -A INPUT -p tcp -m multiport --dports 22,80,443 -m comment --comment "ce que demande le sujet" -j ACCEPT
done
iptables -A INPUT -p icmp --icmp-type echo-request -m limit --limit 10/second -j ACCEPT
ip6tables -A INPUT -p ipv6-icmp -j ACCEPT
iptables -P INPUT DROP
ip6tables -P INPUT DROP
netfilter-persistent save > /dev/null 2>&1
systemctl --quiet enable netfilter-persistent
