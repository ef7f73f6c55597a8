# Nobody logs in by password, root neither.
# starts-from: solved
# loses:
## on web
sed -i 's/^PermitRootLogin .*/PermitRootLogin yes/' /etc/ssh/sshd_config
printf 'PasswordAuthentication no\nKbdInteractiveAuthentication no\n' > /etc/ssh/sshd_config.d/keys.conf
# By the signal, as of old.
sleep 1.5
kill -HUP "$(cat /run/sshd.pid)"
sleep 0.5
