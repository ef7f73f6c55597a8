# Apache was also started by hand on the secondary.
# starts-from: solved
# loses: Q8.ports
# why: the cluster runs it on the primary and does not know of the other.
## on serv2
systemctl start apache2
