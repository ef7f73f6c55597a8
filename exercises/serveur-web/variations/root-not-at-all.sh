# Root does not log in at all, but for whoever comes with a key from the teacher's address.
# starts-from: solved
# loses:
## on web
sed -i 's/^PermitRootLogin .*/PermitRootLogin no/' /etc/ssh/sshd_config
printf 'Match Address %s\n    PermitRootLogin prohibit-password\n' "${WEB%.*}.1" >> /etc/ssh/sshd_config
ssh_reloaded
