for unit in corosync pacemaker; do
state=$(systemctl is-enabled "$unit" 2>/dev/null)
if [ -z "$state" ] && ls /etc/rc[2345].d/S[0-9][0-9]"$unit" >/dev/null 2>&1; then state=enabled; fi
printf '%s %s\n' "$unit" "${state:-unknown}"
done