# The new line was written below the old one, at the end of sshd_config.
# starts-from: solved
# loses: Q4.root-login
# why: of two lines sshd takes the first.
# ci: yes
## on web
sed -i 's/^PermitRootLogin .*/PermitRootLogin yes/' /etc/ssh/sshd_config
echo 'PermitRootLogin prohibit-password' >> /etc/ssh/sshd_config
ssh_reloaded
