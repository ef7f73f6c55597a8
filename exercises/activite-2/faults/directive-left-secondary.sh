# The test directive was left in Apache's configuration on the secondary.
# starts-from: solved
# loses: H0.web-config
# why: the web service cannot fail over.
# ci: yes
## on serv2
echo 'DirectiveDeTest on' >> /etc/apache2/apache2.conf
