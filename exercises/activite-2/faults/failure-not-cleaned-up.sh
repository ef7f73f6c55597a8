# The sheet's own test of a broken service was never cleaned up after.
# starts-from: solved
# loses: H0.no-failures
# why: the directive is gone, but the failed start keeps the resources off the primary until “cleanup”.
## on serv1
echo 'DirectiveDeTest on' >> /etc/apache2/apache2.conf
systemctl stop apache2
# Rather than wait a minute for the next monitor: have the resource looked at now.
crm_resource --resource serviceWeb --refresh
settled
sed -i '/DirectiveDeTest/d' /etc/apache2/apache2.conf
