# A filter on the primary drops the web server's packets.
# starts-from: solved
# loses: Q4.answers, Q8.ports
# why: Apache listens, but nobody outside gets an answer, at whichever address.
## on serv1
# What a firewall does that drops, with what every machine has.
ip rule add ipproto tcp sport 80 blackhole
