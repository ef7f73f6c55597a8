#!/bin/sh
# Bascule: gives back what one drill changed on this cluster. Put here before the drill changed anything.
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
# Values only, quoted by the grader: id, node, peer, active, members, web, unit, unit_managed, pid_file, breaking_file,
# configuration_test, grace.
if [ ! -r "$dir/plan" ]; then
    # Disarmed a moment ago, while this was being started.
    [ "$mode" = tick ] && exit 0
    exit 2
fi
. "$dir/plan"
if [ "$mode" = check ]; then
    for tool in flock crm_attribute crm_failcount crm_resource cibadmin timeout; do
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
        # Restarted since: the grader may be waiting for just that.
        echo "$boot $((uptime + grace))" >"$dir/deadline.new" && mv "$dir/deadline.new" "$dir/deadline"
        exit 0
    fi
    [ "$uptime" -ge "$due" ] || exit 0
fi
# No step that is still on its way may come after this.
touch "$dir/given-back"
unfinished=
note() { echo "$(date +%s) $by: $*" >>"$dir/receipt"; }
bounded() { timeout -k 2 30 "$@" 9>&-; }

# --- standby until the next reboot -----------------------------------------------------------------------------
if [ -e "$dir/intent-standby" ]; then
    # With a default, an absent attribute is no error; an error is a cluster that is not there (yet).
    if value=$(bounded crm_attribute --node "$active" --name standby --lifetime reboot --query --quiet --default absent 2>/dev/null); then
        case $value in
        on)
            if bounded crm_attribute --node "$active" --name standby --lifetime reboot --delete >/dev/null 2>&1; then
                note "took standby off $active"
                rm -f "$dir/intent-standby"
            else
                unfinished="standby of $active"
            fi ;;
        absent | '')
            # Behind an update of ours that may still be on its way to the cluster.
            if bounded crm_attribute --node "$active" --name standby --lifetime reboot --delete >/dev/null 2>&1; then
                note "standby of $active was already gone"
                rm -f "$dir/intent-standby"
            else
                unfinished="standby of $active"
            fi ;;
        *)
            note "standby of $active is now '$value', which is not this drill's: left alone"
            rm -f "$dir/intent-standby" ;;
        esac
    else
        unfinished="standby of $active"
    fi
fi

# --- the file that made the web server's configuration unusable ------------------------------------------------
if [ -e "$dir/intent-break" ]; then
    if [ ! -e "$breaking_file" ]; then
        note "$breaking_file was already gone"
        rm -f "$dir/intent-break"
    elif cmp -s "$breaking_file" "$dir/breaking.conf"; then
        if rm -f "$breaking_file" && sync; then
            note "removed $breaking_file"
            rm -f "$dir/intent-break"
        else
            unfinished="$breaking_file"
        fi
    else
        note "$breaking_file was changed since: left alone"
        rm -f "$dir/intent-break"
    fi
    # shellcheck disable=SC2086  # words of the grader's own
    bounded $configuration_test >/dev/null 2>&1 || note "the web server's configuration test fails: look at it"
fi

# --- failures that this drill made: there was none before it ----------------------------------------------------
failures() { # of resource $1 on node $2; empty, and a status, where the cluster does not answer
    bounded crm_failcount --query --resource "$1" --node "$2" >"$dir/count" 2>/dev/null || return 1
    sed -n 's/.*value=//p' "$dir/count"
}
serving() { # whether the web server that was stopped runs on this node
    if [ "$unit_managed" = yes ]; then
        systemctl is-active --quiet "$unit" 9>&-
    else
        pid=
        [ -r "$pid_file" ] && read -r pid <"$pid_file"
        [ -n "$pid" ] && kill -0 "$pid" 2>/dev/null
    fi
}
acting() { # an operation under way on some node; crm_resource --wait knows only of those still to be begun
    bounded cibadmin --query --scope status 2>/dev/null | grep 'op-status="-1"' | grep -q ' interval="0"'
}
if [ -e "$dir/intent-failures" ] && [ -z "$unfinished" ] && [ "$mode" != disarm ]; then
    if bounded cibadmin --query --scope nodes >/dev/null 2>&1; then
        # The cluster's reaction first, or the failure comes after the cleaning: a stop that hangs fails only when the
        # student's own time-out is over, minutes later. Not without end: some clusters never rest.
        bounded crm_resource --wait --timeout 25s >/dev/null 2>&1
        polls=0
        while acting && [ "$polls" -lt 20 ]; do
            sleep 1 9>&-
            polls=$((polls + 1))
        done
        if acting; then
            waits=$(($(cat "$dir/waits" 2>/dev/null || echo 0) + 1))
            echo "$waits" >"$dir/waits"
            [ "$waits" -gt 12 ] || unfinished="the cluster is still acting"
        fi
        eval "set -- $members"
        for member in "$@"; do
            [ -z "$unfinished" ] || break
            for host in "$node" "$peer"; do
                count=$(failures "$member" "$host") || { unfinished="failures of $member on $host"; break; }
                [ -n "$count" ] && [ "$count" != 0 ] || continue
                if bounded crm_resource --cleanup --resource "$member" --node "$host" >/dev/null 2>&1; then
                    note "cleared $count failure(s) of $member on $host"
                else
                    unfinished="failures of $member on $host"
                fi
            done
        done
        # Where the cluster thinks that it runs here and it does not, nothing else will start it.
        if [ -e "$dir/intent-stop" ] && [ -z "$unfinished" ]; then
            bounded crm_resource --wait --timeout 25s >/dev/null 2>&1
            if ! serving && bounded crm_resource --resource "$web" --locate 2>/dev/null \
                | sed -n 's/.* is running on: //p' | tr -s ' ' '\n' | grep -qxF "$node"; then
                if [ "$unit_managed" = yes ]; then
                    if bounded systemctl start "$unit" >/dev/null 2>&1; then
                        note "started $unit, which nothing had started again"
                    else
                        unfinished="$unit"
                    fi
                # Only its agent can start it: the cluster, once it has looked again.
                elif bounded crm_resource --refresh --resource "$web" --node "$node" >/dev/null 2>&1; then
                    note "had the cluster look at $web again, which nothing had started again"
                    bounded crm_resource --wait --timeout 25s >/dev/null 2>&1
                    serving || unfinished="$web"
                else
                    unfinished="$web"
                fi
            fi
        fi
        # The intent stays until the end: what is started again may fail once more, and that is the drill's doing too.
    else
        unfinished="failures of what the drill stopped"
    fi
fi

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
    rm -f "$dir/plan" "$dir/deadline" "$dir/breaking.conf" "$dir"/intent-* "$dir/waits" "$dir/count" "$dir/given-back" \
        "$dir/undo"
fi
if [ "$(head -n 1 /var/lib/bascule/lock/owner 2>/dev/null)" = "$id" ]; then rm -rf /var/lib/bascule/lock; fi
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
