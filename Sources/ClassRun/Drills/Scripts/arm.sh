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
# A link would have us change the mode of what it leads to, and put our scripts there.
mkdir -p "$base" && [ ! -L "$base" ] && [ "$(stat -c %u "$base")" = 0 ] && chmod 0700 "$base" \
    || { echo "$base: not a folder of root's"; exit 70; }
read -r uptime rest </proc/uptime
boot=$(cat /proc/sys/kernel/random/boot_id)
mkdir "$base/$id" "$base/.lock-$id" || exit 70
printf '%s' "$undo" >"$base/$id/undo" && chmod 0700 "$base/$id/undo" \
    && printf '%s' "$plan" >"$base/$id/plan" \
    && echo "$boot $((${uptime%%.*} + lease))" >"$base/$id/deadline" \
    || { rm -rf "$base/$id" "$base/.lock-$id"; exit 70; }
# A grader that gives up meanwhile disarms: it waits until this is done, or has been and taken everything away.
command exec 9<"$base/$id/undo" && flock -w 20 9 && [ -e "$base/$id/undo" ] \
    && printf '%s\n%s\n' "$id" "$owner" >"$base/.lock-$id/owner" && sync \
    || { rm -rf "$base/$id" "$base/.lock-$id"; exit 70; }
# rename(2) of a folder onto one that is not empty fails: the lock is there with its owner, or not at all.
take() { mv -T "$base/.lock-$id" "$base/lock" 2>/dev/null; }
holder=
if ! take; then
    holder=$(head -n 1 "$base/lock/owner" 2>/dev/null)
    # Whoever arms makes his folder first and takes it away last: a lock without one is nobody's.
    case $holder in
    *[!a-z0-9-]* | '') ;;
    *)
        if [ ! -e "$base/$holder" ] && mv -T "$base/lock" "$base/.lost-$id" 2>/dev/null; then
            # Not one that was taken in between.
            if [ "$(head -n 1 "$base/.lost-$id/owner")" = "$holder" ]; then
                rm -rf "$base/.lost-$id"
                take && holder=
            else
                mv -T "$base/.lost-$id" "$base/lock"
            fi
        fi ;;
    esac
fi
if [ -n "$holder" ] || [ ! -e "$base/$id" ] || [ "$(head -n 1 "$base/lock/owner" 2>/dev/null)" != "$id" ]; then
    rm -rf "$base/$id" "$base/.lock-$id"
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
    || { exec 9<&-; sh "$base/$id/undo" disarm; exit 71; }
# Verified, not believed.
[ "$(sh "$base/$id/undo" check)" = ready ] && systemctl --quiet is-enabled "$name.timer" \
    && systemctl --quiet is-active "$name.timer" && [ "$(stat -c '%u %a' "$base/$id/undo")" = "0 700" ] \
    || { exec 9<&-; sh "$base/$id/undo" disarm; exit 71; }
logger -t bascule "drill $id begins: $owner"
echo armed
