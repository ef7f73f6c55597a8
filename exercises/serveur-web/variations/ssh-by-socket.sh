# sshd is started by its socket.
# starts-from: solved
# loses:
## on web
systemctl --quiet disable --now ssh.service
systemctl --quiet enable --now ssh.socket
