# Another program serves port 80 on the secondary.
# starts-from: solved
# loses: Q8.ports
# why: the passive node answers, and Apache could not start there.
## on serv2
systemd-run --quiet python3 -m http.server 80
until ss -Hltn sport = :80 | grep -q .; do sleep 0.2; done
