# The firewall closes port 8080 and lets in the rest.
# starts-from: solved
# loses: Q3.rest
# why: what one does not know of stays open.
# ci: yes
## on web
cat > /etc/nftables.conf <<'RULES'
flush ruleset
table inet filter {
    chain input {
        type filter hook input priority 0; policy accept;
        iif != lo tcp dport 8080 drop
    }
}
RULES
systemctl restart nftables
