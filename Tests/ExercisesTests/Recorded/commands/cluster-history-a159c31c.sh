journalctl -q --no-pager -o short -n 400 -t bascule 2>/dev/null | LC_ALL=C grep -a ': drill ' | cut -c 1-120
find /var/log/pacemaker /var/log/pacemaker.log /var/log/cluster -maxdepth 1 -type f -size -20M \
\( -name 'pacemaker.log*' -o -name 'corosync.log*' \) -printf '%T@ %p\n' 2>/dev/null \
| sort -n | tail -n 4 | cut -d ' ' -f 2- | while read -r log; do
case "$log" in *.gz) gzip -dc "$log" ;; *) cat "$log" ;; esac 2>/dev/null | tail -c 8388608
done | LC_ALL=C grep -aE -e '(schedulerd|pengine).*( is (in )?standby|Calculated transition|(Actions:|[*]) +(Move|Recover|Start|Shutdown) )' \
-e '(based|cib).*(name="standby" value=|-standby.[]])' \
-e '(controld|crmd).*(Result of (start|stop) operation for|Cluster node .* is now (lost|member))' \
| cut -c 1-320 | tail -n 3000