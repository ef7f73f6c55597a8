# Question 4: root logs in by key only.
# starts-from: after-q3
# loses: Q5.user, Q6.timer, Q6.ran, Q6.archive
## on web
sed -i 's/^PermitRootLogin .*/PermitRootLogin prohibit-password/' /etc/ssh/sshd_config
ssh_reloaded
