# Times are written without a unit.
# starts-from: solved
# loses:
# why: Pacemaker takes a bare number for seconds.
## on serv1
operation IPFailover monitor interval 10
operation IPFailover start timeout 30
operation IPFailover stop timeout 40
operation serviceWeb monitor interval 60
operation serviceWeb start timeout 60
operation serviceWeb stop timeout 60
settled
