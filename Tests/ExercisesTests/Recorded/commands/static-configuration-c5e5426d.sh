LC_ALL=C; export LC_ALL; IFS='
'; shown=0; others=
secret='s/\(\(psk\|pass\|secret\|private\|wep-key\)[a-z0-9_-]*[[:blank:]]*[=:[:blank:]]\).*/\1(hidden)/I'
show() {
if [ -f "$1" ]; then
case "$1" in *"$IFS"*) echo 'unread ?'; return ;; esac
shown=$((shown + 1))
if [ "$shown" -gt 200 ] || [ ! -r "$1" ]; then echo "unread $1"; return; fi
case "$1" in /etc/network/*) ;; *) others=1 ;; esac
case "$1" in */NetworkManager/*|*/netplan/*|*/keepalived/*) hide=$secret ;; *) hide= ;; esac
mode=-; [ -x "$1" ] && mode=x
printf 'file %s %s\n' "$mode" "$1"; head -c 65537 "$1" | sed -e "$hide" -e 's/^/ /'; echo
elif [ -d "$1" ]; then :
elif [ -L "$1" ] && [ "$(readlink -f -- "$1")" = /dev/null ]; then printf 'masked %s\n' "$1"
elif [ -e "$1" ]; then printf 'unread %s\n' "$1"
fi
}
holding() { words=$1; shift; set -f
for found in $(grep -lsE -D skip -d skip -e "$words" -- "$@" </dev/null); do show "$found"; done; set +f; }
sourced() {
show "$1"
[ "$2" -lt 5 ] && [ -f "$1" ] && [ -r "$1" ] && [ "$shown" -le 200 ] || return 0
local folder named
folder=${1%/*}; cd "$folder" || return 0
for named in $(head -c 65536 "$1" | sed -n \
-e 's|^[[:blank:]]*source-directory[[:blank:]]\{1,\}\([^[:blank:]]*\).*|\1/*|p' \
-e 's|^[[:blank:]]*source[[:blank:]]\{1,\}||p' | tr ' \t' '\n\n'); do
case "$named" in /*) ;; *) named=$folder/$named ;; esac
[ -d "$named" ] || sourced "$named" $(($2 + 1)); cd "$folder"
done
}
echo '#files'
sourced /etc/network/interfaces 0; cd /
for file in /etc/systemd/network/*.network /etc/systemd/network/*.network.d/*.conf \
/run/systemd/network/*.network /run/systemd/network/*.network.d/*.conf /etc/netplan/*.yaml \
/run/netplan/*.yaml /usr/lib/netplan/*.yaml /etc/NetworkManager/system-connections/* \
/run/NetworkManager/system-connections/*.nmconnection /etc/rc.local /etc/keepalived/*.conf \
/etc/keepalived/*/*.conf; do show "$file"; done
for file in /etc/systemd/network/*.network.d /run/systemd/network/*.network.d; do
file=${file##*/}; show "/usr/lib/systemd/network/${file%.d}"; done
holding '^[[:blank:]]*[Aa]ddress[^=]*=[[:blank:]]*[1-9a-fA-F]' /usr/lib/systemd/network/*.network \
/usr/lib/systemd/network/*.network.d/*.conf \
/usr/local/lib/systemd/network/*.network /usr/lib/NetworkManager/system-connections/*.nmconnection
holding '(^|[^[:alnum:]_.-])(ip|ifconfig)([^[:alnum:]_.-]|$)' /etc/network/if-up.d/* \
/etc/network/if-pre-up.d/* /etc/systemd/system/*.service /etc/systemd/system/*.service.d/*.conf
holding '@reboot' /etc/crontab /etc/cron.d/* /var/spool/cron/crontabs/root
if [ -n "$others" ]; then
set -- networking systemd-networkd NetworkManager keepalived rc-local cron
for file in /etc/systemd/system/*.service; do case "$file" in *@.service) continue ;; esac
[ -f "$file" ] && [ ! -L "$file" ] && [ $# -lt 40 ] && set -- "$@" "${file##*/}"; done
for file in /etc/systemd/system/*.service.d; do
[ -d "$file" ] && [ $# -lt 60 ] && file=${file##*/} && set -- "$@" "${file%.d}"; done
systemctl show -p Id -p LoadState -p ActiveState -p UnitFileState -- "$@" 2>/dev/null | sed 's/^/unit /'
fi
echo '#end'