export LC_ALL=C
at='([A-Z][a-z]{2} [ 0-9][0-9] [0-9:]{8}([.][0-9]+)?|[0-9]{4}-[0-9]{2}-[0-9]{2}T[0-9:]{8}([.,][0-9]+)?(Z|[+-][0-9]{2}:?[0-9]{2}))'
by="^$at( \[[0-9]+\])? [^ ]+ +"
mark="^$at [^ ]+ bascule(\[[0-9]+\])?: drill "
usual=/var/log/pacemaker/pacemaker.log
say() { printf '%s\n' "$@"; }
shown() {
grep -aE -e "$by(pacemaker-schedulerd|pengine)[^a-z].*( is (in )?standby|Calculated transition|(Actions:|[*]) +(Move|Recover|Start|Shutdown) )" \
-e "$by(pacemaker-based|cib)[^a-z].*(name=\"standby\" value=|-standby.[]]|[+][+] .*<rsc_location |Continuing with an empty configuration)" \
-e "$by(pacemaker-controld|crmd)[^a-z].*(Result of (start|stop) operation for|$1 is now (lost|member))" \
-e "$mark" | cut -c 1-320 | tail -c 450000
}
packed() { "$@" | head -c 67108864 | tail -c 8388608; }
each() {
while read -r time log; do
[ -f "$log" ] || continue
case $log in
*[!A-Za-z0-9/._@%+=:,\ -]*) ;;
*.gz) packed gzip -dc < "$log" ;; *.xz) packed xz -dc < "$log" ;; *.zst) packed zstd -dcq < "$log" ;;
*.bz2) packed bzip2 -dc < "$log" ;; *) tail -c 8388608 < "$log" ;;
esac
done 2>/dev/null
}
files() {
case $2 in *[!A-Za-z0-9/._@%+=:,\ -]*|*/|[!/]*) return 1 ;; esac
found=$(find -L "${2%/*}/" -maxdepth 1 -type f ! -fstype proc ! -fstype sysfs ! -fstype devtmpfs \
\( -name "${2##*/}" -o -name "${2##*/}[.-]*" -size -20M \) -printf '%T@ %p\n' 2>/dev/null | sort -n | tail -n 10)
[ "$found" ] || return 1
lines=$(say "$found" | each | shown "$3")
say "#log $1 $2" "$lines"
case $lines in *' empty configuration'*) return 0 ;; esac
say "#from $(say "$found" | head -n 1 | each | grep -m 1 -aoE "^$at")" \
"#to $(say "$found" | tail -n 1 | each | tail -c 65536 | grep -aoE "^$at" | tail -n 1)"
}
settings() {
logfile=$usual facility=daemon priority=notice
while read -r line; do
line=${line#export }
value=${line#*=}
case $value in \"*\"|\'*\') value=${value#?}; value=${value%?} ;; esac
case $line in
PCMK_logfile=*) logfile=$value ;; PCMK_logfacility=*) facility=$value ;; PCMK_logpriority=*) priority=$value ;;
esac
done
}
inputs() {
awk '/ (Move|Recover) /{ m = 1 } /Calculated transition/ {
if (m && match($0, /pe-(input|warn|error)-[0-9]+[.]bz2/)) print substr($0, RSTART, RLENGTH); m = 0 }' \
| tail -n 20 | while read -r name; do
log=/var/lib/pacemaker/pengine/$name
[ ! -f "$log" ] || say "#input $name $(date -r "$log" "+%b %e %T")" "$(bzip2 -dc < "$log" 2>/dev/null | head -c 4194304 \
| grep -aoE '<node [^>]*>|</nodes>|<nvpair [^>]*name="standby"[^>]*>' | cut -c 1-200 | head -n 20 | sed '/<.nodes>/,$d;s/^/#/')"
done
}
say "#history 2 $(date +%z)"
settings <<END
$([ ! -f /etc/default/pacemaker ] || grep -a '^[^#]*PCMK_log' /etc/default/pacemaker)
END
written=$logfile
if daemon=$(pidof -s pacemakerd); then
settings <<END
$(tr '\0' '\n' < "/proc/$daemon/environ" | grep -a '^PCMK_log')
END
fi
say "#logfile $logfile" "#facility $facility" "#priority $priority"
journalctl -q --no-pager -o short -n 400 -t bascule 2>/dev/null | grep -aE "$mark" | cut -c 1-120
kept= whole= seen='|'
for log in "$logfile" "$written" $usual /var/log/pacemaker.log /var/log/cluster/corosync.log; do
case $seen in *"|$log|"*) continue ;; esac
seen="$seen$log|"
if files file "$log" 'Cluster node [^ ]+'; then
[ "$log" = "$logfile" ] || continue
[ -z "$lines" ] || kept=yes
case $lines in *' empty configuration'*) whole=yes ;; esac
elif [ "$log" = "$logfile" ] && [ -e "$log" ]; then say '#unfit'
fi
done
journal=
if [ -z "$whole" ]; then
journal=$(journalctl -q --no-pager -o short -n 4000 _SYSTEMD_UNIT=pacemaker.service 2>/dev/null | cut -c 1-320)
fi
decided=
if [ "$journal" ]; then
decided=$(say "$journal" | shown 'Node [^ ]+ state')
say '#log journal' "$decided" "#from $(say "$journal" | grep -m 1 -aoE "^$at")" \
"#to $(say "$journal" | tail -n 1 | grep -aoE "^$at")"
case $decided in *' empty configuration'*) whole=yes ;; esac
fi
if [ -z "$whole" ] || ! [ -d /run/systemd/journal ]; then
for log in /var/log/syslog /var/log/messages; do
files syslog $log 'Node [^ ]+ state' && { decided="$lines
$decided"; break; }
done
fi
[ "$kept" ] || [ -z "$decided" ] || say "$decided" | inputs
say '#end'