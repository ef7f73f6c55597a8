for file in /etc/network/interfaces /etc/network/interfaces.d/* /etc/systemd/network/*.network /etc/NetworkManager/system-connections/* /etc/netplan/*; do
[ -f "$file" ] && [ -r "$file" ] && printf '==> %s <==\n' "$file" && head -c 65536 "$file" && echo
done; true