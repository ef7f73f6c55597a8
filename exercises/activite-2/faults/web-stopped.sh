# The web server is stopped and cannot start on either node: the test directive was left in its configuration.
# starts-from: solved
# loses: H0.no-failures, H0.web-config, Q7.running
# why: the sheet's own test of a broken service, forgotten on both nodes.
## on serv2
echo 'DirectiveDeTest on' >> /etc/apache2/apache2.conf
## on serv1
echo 'DirectiveDeTest on' >> /etc/apache2/apache2.conf
systemctl stop apache2
# Rather than wait a minute for the next monitor: have the resource looked at now.
crm_resource --resource serviceWeb --refresh
settled
