folder=/var/lib/pacemaker/cib
mount -t tmpfs -o size=16m,mode=700,nosuid,nodev,noexec bascule "$folder" && cd "$folder" || exit 1
export CIB_shadow_dir="$folder"
ulimit -t 10
awk '/^# bascule: / { file = $3; next } { print >file }'
echo "# nodes $1 $2"
ask() {
    echo "# $1 $2"
    shift 2
    timeout -k 1 3 crm_simulate --simulate "$@" 2>/dev/null | sed -n '/^Revised [Cc]luster [Ss]tatus/,$p'
}
for cib in as-found constraints; do
    [ -s "$cib" ] || continue
    for node in $(grep -o 'id="bascule-standby-[12]"' "$cib" | tr -dc '12\n'); do
        standby="id=\"bascule-standby-$node\" name=\"standby\" value="
        sed "s/$standby\"off\"/$standby\"on\"/" "$cib" >away
        ask "$cib" "away-$node" --xml-file away --save-output moved
        sed "s/$standby\"on\"/$standby\"off\"/" moved >back
        ask "$cib" "back-$node" --xml-file back
    done
done
[ ! -s failing ] || ask failing fails --xml-file failing