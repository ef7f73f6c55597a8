# The chain accepts what no rule speaks of.
# starts-from: solved
# loses: Q3.internal, Q3.rest
# why: rules that accept are of no use below a policy that accepts.
## on web
sed -i 's/policy drop/policy accept/' /etc/nftables.conf
systemctl restart nftables
