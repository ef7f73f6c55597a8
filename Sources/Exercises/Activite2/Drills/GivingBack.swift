import GraderCore

/// How the nodes give back what a drill of this exercise changed. Part of `undo.sh`, which says what may be used:
/// `$dir` the drill's folder, `note` for the receipt, `bounded` for commands that may hang, `$mode`, `unfinished`.
enum GivingBack {
    static func undo(
        _ change: ClusterDrill.Change, _ scene: ClusterDrill.Scene, names: [MachineID: String]
    ) -> DrillUndo {
        var values: [MachineID: [String: String]] = [:]
        var intents: [MachineID: [String]] = [:]
        let homes = scene.homes?.plain ?? []
        let others = homes.flatMap(\.members).filter { !scene.resources.together.contains($0) }
        let members = scene.resources.together + others
        for role in MachineID.pair {
            let service = scene.service
            values[role] = [
                "node": names[role] ?? role.rawValue, "peer": names[role.peer] ?? role.peer.rawValue,
                "active": scene.name, "members": ShellWord.line(members),
                "web": scene.resources.web ?? "", "unit": service?.unit ?? "",
                "unit_managed": service?.isUnitManaged == true ? "yes" : "no",
                "pid_file": service?.pidFile ?? "", "breaking_file": service?.breakingFile ?? "",
                "configuration_test": service?.configurationTest.joined(separator: " ") ?? "true",
                "homes": scene.homes?.lines ?? "",
                "constraints": scene.homes?.constraints.joined(separator: "\n") ?? "",
                "sound_unit": scene.soundUnits[role] ?? "",
                "ahead": String(scene.peerLeads[role] ?? 0),
            ]
            let always = ["failures"] + (homes.isEmpty ? [] : ["homes"])
            intents[role] =
                always + (scene.soundUnits[role] == nil ? [] : ["unit"]) + change.everywhere
                + (role == scene.active ? change.there : [])
        }
        return DrillUndo(
            script: script,
            tools: ["crm_attribute", "crm_failcount", "crm_resource", "cibadmin", "crm_mon", "awk"],
            values: values, intents: intents, files: [WebService.breakingName: WebService.breakingText])
    }

    static let script = ownScript + homesScript

    private static let ownScript = #"""
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
            # What it is called until it is whole: the disk was full, or the power went.
            if [ -f "$breaking_file.new" ] && ! rm -f "$breaking_file.new"; then
                unfinished="$breaking_file.new"
            elif [ ! -e "$breaking_file" ]; then
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
            said=$(bounded crm_failcount --query --resource "$1" --node "$2" 2>/dev/null) || return 1
            printf '%s\n' "$said" | sed -n 's/.*value=//p'
        }
        once_more() { # notes $1, into $times how often it is noted now; a status where it cannot be: nobody waits for that
            # By empty files: a full disk takes those.
            times=1
            while [ -e "$dir/$1.$times" ] && [ "$times" -lt 20 ]; do times=$((times + 1)); done
            true >"$dir/$1.$times"
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
        rest() { # until nothing is under way or to be begun; not without end: some clusters never rest
            bounded crm_resource --wait --timeout 25s >/dev/null 2>&1
            polls=0
            while acting && [ "$polls" -lt 20 ]; do
                sleep 1 9>&-
                polls=$((polls + 1))
            done
        }
        acting() { # an operation under way on some node; crm_resource --wait knows only of those still to be begun
            bounded cibadmin --query --scope status 2>/dev/null | grep 'op-status="-1"' | grep -q ' interval="0"'
        }
        clear_failures() {
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
        }
        restless=
        settle() { # the cluster's reaction first, or the failure comes after the cleaning
            # A stop that hangs fails only when the student's own time-out is over, minutes later.
            [ -n "$restless" ] || rest
            if acting; then
                restless=yes
                if once_more waits && [ "$times" -le 12 ]; then unfinished="the cluster is still acting"; fi
            fi
            clear_failures
        }
        if [ -e "$dir/intent-failures" ] && [ -z "$unfinished" ] && [ "$mode" != disarm ]; then
            if bounded cibadmin --query --scope nodes >/dev/null 2>&1; then
                settle
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
                    # A monitor of the student's may have seen it stopped since the failures were looked for.
                    [ -n "$unfinished" ] || settle
                fi
                # The intent stays until the end: what is started again may fail once more, and that is the drill's doing too.
            else
                unfinished="failures of what the drill stopped"
            fi
        fi

        """#
}
