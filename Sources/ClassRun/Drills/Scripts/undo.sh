#!/bin/sh
# Bascule: gives back what one drill changed on these machines. Put here before the drill changed anything.
# Safe to run at any time and again; undoes only what is still as the drill left it.
#
#   sh undo now [BY]   give back now
#   sh undo tick       by the timer: give back where the grader has not been heard of in time
#   sh undo check      says "ready" where everything it needs is here
#   sh undo disarm     takes timer, lock and this folder away; only when everything is given back
set -u
umask 077
PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin
LC_ALL=C.UTF-8
export PATH LC_ALL
mode=$1
by=${2:-grader}
dir=${0%/*}
# Values only, quoted by the grader: id, grace, tools, and those of the drill's own lines below.
if [ ! -r "$dir/plan" ]; then
    # Disarmed a moment ago, while this was being started.
    [ "$mode" = tick ] && exit 0
    # As where all of it is gone (DrillScripts.goneStatus).
    exit 3
fi
. "$dir/plan"
if [ "$mode" = check ]; then
    for tool in flock timeout $tools; do
        command -v "$tool" >/dev/null || { echo "missing $tool"; exit 1; }
    done
    echo ready
    exit 0
fi
exec 9<"$dir/undo"
flock -w 60 9 || exit 75
# Whoever had the lock before may have taken everything away.
[ -e "$dir/undo" ] || exit 0
boot=$(cat /proc/sys/kernel/random/boot_id)
read -r uptime rest </proc/uptime
uptime=${uptime%%.*}
if [ "$mode" = tick ]; then
    by=timer
    known=
    due=0
    [ -r "$dir/deadline" ] && read -r known due <"$dir/deadline"
    if [ "$known" != "$boot" ]; then
        # Restarted since: the grader may be waiting for just that. A disk that takes nothing more has it counted from
        # the boot on.
        echo "$boot $((uptime + grace))" >"$dir/deadline.new" && mv "$dir/deadline.new" "$dir/deadline" && exit 0
        due=$grace
    fi
    [ "$uptime" -ge "$due" ] || exit 0
fi
# No step that is still on its way may come after this.
touch "$dir/given-back"
unfinished=
note() { echo "$(date +%s) $by: $*" >>"$dir/receipt"; }
bounded() { timeout -k 2 30 "$@" 9>&-; }

# --- what the drill changed --------------------------------------------------------------------------------------
if [ -n "$unfinished" ]; then
    note "not yet: $unfinished"
    exit 75
fi
[ "$mode" = now ] && exit 0
# --- take ourselves away: the grader does, or nobody else will --------------------------------------------------
if [ "$mode" = tick ]; then
    note "done"
    logger -t bascule "drill $id: given back by the timer" 9>&-
    # Only the receipt stays, until somebody has read it.
    set --
    for file in "$dir"/*; do
        case ${file##*/} in receipt | undo) ;; *) set -- "$@" "$file" ;; esac
    done
    rm -f "$@" "$dir/undo"
fi
if [ "$(head -n 1 /var/lib/bascule/lock/owner 2>/dev/null)" = "$id" ]; then rm -rf /var/lib/bascule/lock; fi
# Of an arming that was cut off.
rm -rf "/var/lib/bascule/.lock-$id"
[ "$mode" = disarm ] && rm -rf "$dir"
rmdir /var/lib/bascule 2>/dev/null
sync
name=bascule-undo-$id
systemctl disable "$name.timer" >/dev/null 2>&1 9>&-
rm -f "/etc/systemd/system/$name.timer" "/etc/systemd/system/$name.service"
# Last: it stops the timer that may have started us, not us.
systemctl stop "$name.timer" >/dev/null 2>&1 9>&-
systemctl daemon-reload 9>&-
systemctl reset-failed "$name.service" 2>/dev/null 9>&-
exit 0
