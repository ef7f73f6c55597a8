# /etc/hosts was completed on the primary only.
# starts-from: solved
# loses: Q1.resolves-serv1, Q1.resolves-serv2
# why: the secondary knows neither of the names.
## on serv2
hosts '127.0.1.1 debian'
