# Times are written in milliseconds.
# starts-from: solved
# loses:
# why: 10000ms are 10 s.
## on serv1
operation IPFailover monitor interval 10000ms
operation IPFailover start timeout 30000ms
operation IPFailover stop timeout 40000ms
operation serviceWeb monitor interval 60000ms
settled
