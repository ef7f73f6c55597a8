extension GivingBack {
    /// Lines of `undo.sh` that put back what the drill moved where the cluster's own policy does not: a group that
    /// `resource-stickiness` keeps where the drill brought it.
    ///
    /// By a location constraint of our own id, there for as long as the move takes (a few seconds), and without effect
    /// after ten minutes whatever happens (a rule with a date, as `crm_resource --move --lifetime` writes, by the clock that
    /// is ahead: either node may be the one that decides). A standby of the other node would move what the drill did not;
    /// `crm_resource --move` takes ids that may be the student's own. Once it is gone policy has the last word: what it takes
    /// away again is left where it takes it.
    ///
    /// The node that was perturbed moves: where it cannot, there is no way back. The other one takes away what stays
    /// behind if that one dies meanwhile. What these lines note down is read by `WayBack`.
    static let homesScript = #"""
        # --- where everything ran --------------------------------------------------------------------------------------
        mark=bascule-drill-$id
        standing() { # "N NODE ready|away|aside", "R RESOURCE NODE well|unmanaged|busy"; a status without an answer
            # Into no file, as in `marked`.
            places=$(bounded crm_mon -1 --output-as=xml 2>/dev/null) || return 1
            places=$(printf '%s\n' "$places" | awk '
                function value(name,    at, rest) {
                    at = index($0, " " name "=\"")
                    if (!at) return ""
                    rest = substr($0, at + length(name) + 3)
                    return substr(rest, 1, index(rest, "\"") - 1)
                }
                /<clone / || /<bundle / { many++ }
                /<\/clone>/ || /<\/bundle>/ { many-- }
                /<resource / {
                    resource = value("id")
                    state = "busy"
                    if (value("role") == "Started" && value("failed") == "false" && value("blocked") == "false" \
                        && value("nodes_running_on") == "1" && value("pending") == "") state = "well"
                    if (value("managed") != "true") state = "unmanaged"
                    if (many || /\/>$/) resource = ""
                }
                /<\/resource>/ { resource = "" }
                /<node / {
                    if (resource != "") print "R", resource, value("name"), state
                    else if (value("online") == "") next
                    else if (value("online") != "true" || value("pending") == "true") print "N", value("name"), "away"
                    else if (value("standby") != "false" || value("standby_onfail") != "false" \
                        || value("maintenance") != "false") print "N", value("name"), "aside"
                    else print "N", value("name"), "ready"
                }')
            seen '^N '
        }
        seen() { printf '%s\n' "$places" | grep -q "$@"; }
        displaced() { # into $gone, a line each of $homes that is elsewhere: "RESOURCE MEMBERS HOME WHERE"
            standing || return 1
            gone=$(printf '%s\n' "$places" homes "$homes" | awk '
                NF == 1 { asked = 1; next }
                !asked {
                    if ($1 == "R") { count[$2]++; node[$2] = $3; state[$2] = $4 }
                    next
                }
                NF == 3 {
                    many = split($2, member, ",")
                    where = node[member[1]]
                    for (i = 1; i <= many; i++) {
                        if (state[member[i]] == "unmanaged") { where = "-unmanaged"; break }
                        if (count[member[i]] != 1 || state[member[i]] != "well" || node[member[i]] != where) where = "-busy"
                    }
                    if (where != $3) print $1, $2, $3, where
                }')
        }
        marked() { # whether a constraint of this drill's is there; 2 where the cluster does not answer
            # Into no file: on a full disk it would be empty, and one that is there stay.
            listed=$(bounded cibadmin --query --scope constraints 2>/dev/null) || return 2
            printf '%s\n' "$listed" | grep -q " id=\"$mark-"
        }
        withdraw() { # by their exact ids; a status where one may be left
            marked
            case $? in 0) ;; 1) return 0 ;; *) return 1 ;; esac
            for own in $(printf '%s\n' "$listed" | sed -n "s/^ *<rsc_location[^>]* id=\"\($mark-[0-9]*\)\".*/\1/p"); do
                bounded cibadmin --delete --scope constraints --xml-text "<rsc_location id=\"$own\"/>" >/dev/null 2>&1
            done
            marked
            [ $? = 1 ]
        }
        leave() { # $1, whose home is $2, where it is, for the reason $4
            note "left $1 on $3, its home is $2: $4"
            true >"$dir/placed" # `:` is a special builtin: where it cannot write, sh ends with 2, as if there were no undo
        }
        move_back() {
            [ ! -e "$dir/placed" ] && [ ! -e "$dir/moves.3" ] || return 0
            # Policy first: a standby that was taken off has to get about, a node that has come back to be heard of.
            polls=0
            before=none
            while :; do
                displaced || { unfinished="where resources run"; return 0; }
                [ -n "$gone" ] || return 0
                seen '^N [^ ]* a' && resting= || resting=yes
                case $gone in *' -busy'*) resting= ;; esac
                [ -n "$resting" ] && [ "$gone" = "$before" ] && break
                before=$gone
                polls=$((polls + 1))
                [ "$polls" -lt 6 ] || break
                sleep 2 9>&-
                bounded crm_resource --wait --timeout 8s >/dev/null 2>&1
            done
            if [ -z "$resting" ] && once_more unrest && [ "$times" -le 4 ]; then
                unfinished="the cluster is not at rest"
                return 0
            fi
            marked
            [ $? = 1 ] || { unfinished="this drill's constraints"; return 0; }
            known=$(printf '%s\n' "$listed" | sed -n 's/^ *<rsc_[lco][^>]* id="\([^"]*\)".*/\1/p' | sort)
            moving=
            while read -r top parts home at; do
                case $at in -*) spot=elsewhere ;; *) spot=$at ;; esac
                if [ "$known" != "$(printf '%s\n' "$constraints" | sort)" ]; then
                    leave "$top" "$home" "$spot" "the constraints were changed"
                elif [ "$at" = -unmanaged ]; then
                    leave "$top" "$home" "$spot" "it is not managed"
                elif [ "$at" = -busy ]; then
                    leave "$top" "$home" "$spot" "it does not run whole"
                elif ! seen -xF "N $home ready"; then
                    leave "$top" "$home" "$spot" "its home takes nothing"
                else
                    moving="$moving$top $parts $home $at
        "
                fi
            done <<GONE
        $gone
        GONE
            [ -n "$moving" ] || return 0
            # Noted, flushed, before the first is made.
            once_more moves && sync || { unfinished="a note on this disk"; return 0; }
            expires=$(date -u -d "@$(($(date +%s) + 600 + ahead))" '+%Y-%m-%d %H:%M:%SZ')
            number=0
            while read -r top parts home at; do
                [ -n "$top" ] || continue
                number=$((number + 1))
                own=$mark-$number
                bounded cibadmin --create --scope constraints --xml-text "<rsc_location id=\"$own\" rsc=\"$top\">\
        <rule id=\"$own-rule\" score=\"INFINITY\" boolean-op=\"and\">\
        <expression id=\"$own-node\" attribute=\"#uname\" operation=\"eq\" value=\"$home\"/>\
        <date_expression id=\"$own-until\" operation=\"lt\" end=\"$expires\"/></rule></rsc_location>" >/dev/null 2>&1 </dev/null
            done <<MOVING
        $moving
        MOVING
            polls=0
            while displaced && [ -n "$gone" ] && [ "$polls" -lt 60 ]; do
                sleep 1 9>&-
                polls=$((polls + 1))
            done
            came=$gone
            withdraw || { unfinished="this drill's constraints"; return 0; }
            sleep 1 9>&-
            rest
            displaced || { unfinished="where resources run"; return 0; }
            while read -r top parts home at; do
                [ -n "$top" ] || continue
                if ! printf '%s\n' "$gone" | grep -qF "$top $parts $home "; then
                    note "moved $top from $at back to $home"
                elif printf '%s\n' "$came" | grep -qF "$top $parts $home "; then
                    leave "$top" "$home" "$at" "it did not come"
                else
                    leave "$top" "$home" "$at" "the cluster took it away again"
                fi
            done <<MOVING
        $moving
        MOVING
            # What could not be started there has failed: cleared by the next round, as what the drill failed itself.
            eval "set -- $members"
            for member in "$@"; do
                for host in "$node" "$peer"; do
                    count=$(failures "$member" "$host") || count=
                    case $count in '' | 0) ;; *) unfinished="failures of $member on $host" ;; esac
                done
            done
        }
        if [ -e "$dir/intent-homes" ]; then
            if [ "$mode" = disarm ]; then
                # A cluster that has gone for good must not keep this here, unless this node has made one.
                withdraw || { [ -e "$dir/moves.1" ] && unfinished="this drill's constraints"; }
            elif [ "$node" = "$active" ]; then
                # One that this node died over.
                if ! withdraw; then
                    unfinished="this drill's constraints"
                elif [ -z "$unfinished" ]; then
                    move_back
                fi
            else
                polls=0
                while marked && [ "$polls" -lt 90 ]; do
                    sleep 1 9>&-
                    polls=$((polls + 1))
                done
                withdraw || unfinished="this drill's constraints"
                # The other node's own timer may still be about to move something.
                if [ "$mode" = tick ] && [ -z "$unfinished" ] && displaced && [ -n "$gone" ]; then
                    once_more unrest && [ "$times" -le 12 ] && unfinished="what $peer is to put back"
                fi
            fi
        fi

        # --- a unit that failed and had not --------------------------------------------------------------------------------
        if [ -e "$dir/intent-unit" ] && [ -z "$unfinished" ] && [ "$mode" != disarm ] && [ -n "$sound_unit" ] \
            && systemctl is-failed --quiet "$sound_unit" 9>&-; then
            if bounded systemctl reset-failed "$sound_unit" >/dev/null 2>&1; then
                note "$sound_unit had failed and is counted as stopped again"
            else
                unfinished="$sound_unit, which has failed"
            fi
        fi

        """#
}
