# A file of sshd_config.d still lets root in by password.
# starts-from: solved
# loses: Q4.root-login
# why: what is included at the top of sshd_config is read first.
## on web
echo 'PermitRootLogin yes' > /etc/ssh/sshd_config.d/50-installation.conf
ssh_reloaded
