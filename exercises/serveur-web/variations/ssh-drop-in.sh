# What sshd does stands in a file of sshd_config.d, and the line of sshd_config was left.
# starts-from: solved
# loses:
# ci: yes
## on web
sed -i 's/^PermitRootLogin .*/PermitRootLogin yes/' /etc/ssh/sshd_config
echo 'permitrootlogin Prohibit-Password' > /etc/ssh/sshd_config.d/10-root.conf
systemctl restart ssh
