# Apache is not started at boot on the secondary.
# starts-from: solved
# loses: Q5.apache
# why: it was only started by hand.
## on serv2
systemctl --quiet disable apache2
