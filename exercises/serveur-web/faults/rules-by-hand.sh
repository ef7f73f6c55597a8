# The rules were typed, and /etc/nftables.conf is as Debian has it.
# starts-from: solved
# loses: Q3.at-boot
# why: the next boot loads a file without a rule.
# ci: yes
## on web
printf '#!/usr/sbin/nft -f\nflush ruleset\ntable inet filter {\n\tchain input {\n\t\ttype filter hook input priority filter;\n\t}\n}\n' \
    > /etc/nftables.conf
