# The firewall answers that it refuses, through a chain of its own, and accepts all of ICMP.
# starts-from: solved
# loses:
## on web
mkdir -p /etc/nftables.d
cat > /etc/nftables.d/site.nft <<RULES
define services = { ssh, http, https }
table ip pare-feu {
    set clients {
        type ipv4_addr
        flags interval
        elements = { 10.0.0.0/8, 172.16.0.0/12 }
    }
    chain reseau {
        ip protocol icmp accept
        tcp dport \$services ct state new ip saddr @clients counter accept
        tcp dport \$services accept
        log prefix "refuse: " limit rate 1/second
        reject with tcp reset
    }
    chain entree {
        type filter hook input priority filter; policy accept;
        ct state vmap { established : accept, related : accept, invalid : drop }
        iifname != "lo" jump reseau
    }
}
RULES
printf '#!/usr/sbin/nft -f\nflush ruleset\ninclude "/etc/nftables.d/*.nft"\n' > /etc/nftables.conf
sed -i 's/reject with tcp reset/meta l4proto tcp reject with tcp reset\n        reject/' /etc/nftables.d/site.nft
systemctl restart nftables
