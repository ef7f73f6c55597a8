# sshd_config was changed, and sshd has not read it since.
# starts-from: solved
# loses: Q4.in-use
# why: the sshd that runs still lets root in by password.
# ci: yes
## on web
sed -i 's/^PermitRootLogin .*/PermitRootLogin yes/' /etc/ssh/sshd_config
ssh_reloaded
sleep 1.5
sed -i 's/^PermitRootLogin .*/PermitRootLogin no/' /etc/ssh/sshd_config
