# Question 6: both nodes serve the same site.
# starts-from: after-q5
## on serv1
page 'Page de la paire, la même sur les deux nœuds.'
systemctl start apache2
## on serv2
page 'Page de la paire, la même sur les deux nœuds.'
systemctl start apache2
