# The value is misspelt, and sshd goes on with what it read before.
# starts-from: solved
# loses: Q4.root-login
# why: at the next start there is no sshd at all.
## on web
sed -i 's/^PermitRootLogin .*/PermitRootLogin prohibit-pasword/' /etc/ssh/sshd_config
