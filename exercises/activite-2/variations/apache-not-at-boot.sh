# Apache is not started at boot.
# starts-from: solved
# loses:
# why: good practice, since Pacemaker starts it.
## on serv2
systemctl --quiet disable apache2
## on serv1
systemctl --quiet disable apache2
