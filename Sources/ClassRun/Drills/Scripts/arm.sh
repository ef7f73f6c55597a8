#!/bin/sh
# Bascule: takes the lock of a pair on this node and arms the timer that gives everything back, in one go, so that
# no death of the grader's leaves a lock without a timer.
#
#   arm ID OWNER LEASE UNDO PLAN SERVICE TIMER
#
# Exit 0: armed. 73: somebody holds the lock; his owner file, and how long his lease lasts, are printed.
set -u
umask 077
id=$1 owner=$2 lease=$3 undo=$4 plan=$5 service=$6 timer=$7
base=/var/lib/bascule
[ -d /run/systemd/system ] || { echo "no systemd"; exit 69; }
mkdir -p "$base" && chmod 0700 "$base" && [ "$(stat -c %u "$base")" = 0 ] || exit 70
read -r uptime rest </proc/uptime
boot=$(cat /proc/sys/kernel/random/boot_id)
mkdir "$base/$id" "$base/.lock-$id" || exit 70
printf '%s' "$undo" >"$base/$id/undo" && chmod 0700 "$base/$id/undo" \
    && printf '%s' "$plan" >"$base/$id/plan" \
    && echo "$boot $((${uptime%%.*} + lease))" >"$base/$id/deadline" \
    && printf '%s\n%s\n' "$id" "$owner" >"$base/.lock-$id/owner" && sync \
    || { rm -rf "$base/$id" "$base/.lock-$id"; exit 70; }
# rename(2) of a folder onto one that is not empty fails: the lock is there with its owner, or not at all.
if ! mv -T "$base/.lock-$id" "$base/lock" 2>/dev/null; then
    rm -rf "$base/$id" "$base/.lock-$id"
    holder=$(head -n 1 "$base/lock/owner")
    cat "$base/lock/owner"
    case $holder in
    *[!a-z0-9-]* | '') ;;
    *)
        [ -r "$base/$holder/deadline" ] && read -r known due <"$base/$holder/deadline" \
            && [ "$known" = "$boot" ] && echo "lease $((due - ${uptime%%.*}))" ;;
    esac
    exit 73
fi
name=bascule-undo-$id
printf '%s' "$service" >"/etc/systemd/system/$name.service" \
    && printf '%s' "$timer" >"/etc/systemd/system/$name.timer" \
    && chmod 0600 "/etc/systemd/system/$name.service" "/etc/systemd/system/$name.timer" \
    && systemctl daemon-reload && systemctl --quiet enable "$name.timer" && systemctl start "$name.timer" && sync \
    || { sh "$base/$id/undo" disarm; exit 71; }
# Verified, not believed.
[ "$(sh "$base/$id/undo" check)" = ready ] && systemctl --quiet is-enabled "$name.timer" \
    && systemctl --quiet is-active "$name.timer" && [ "$(stat -c '%u %a' "$base/$id/undo")" = "0 700" ] \
    || { sh "$base/$id/undo" disarm; exit 71; }
logger -t bascule "drill $id begins: $owner"
echo armed
