# The sheet's own test of a broken service was left as it is.
# starts-from: solved
# loses: H0.no-failures, H0.web-config
# why: Apache cannot start on the primary; everything runs on the secondary.
## on serv1
echo 'DirectiveDeTest on' >> /etc/apache2/apache2.conf
systemctl stop apache2
# Rather than wait a minute for the next monitor: have the resource looked at now.
crm_resource --resource serviceWeb --refresh
settled
