# The secondary has no start script for Apache.
# starts-from: solved
# loses: H0.agents
# why: the web service cannot fail over to a node that lacks its script.
## on serv2
rm /etc/init.d/apache2
