# The test directive was left in Apache's configuration on the primary.
# starts-from: solved
# loses: H0.web-config
# why: Apache goes on running, but cannot start there again.
## on serv1
echo 'DirectiveDeTest on' >> /etc/apache2/apache2.conf
