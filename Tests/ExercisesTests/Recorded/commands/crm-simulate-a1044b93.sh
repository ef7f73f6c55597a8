folder=/var/lib/pacemaker/cib
mount -t tmpfs -o size=16m,mode=700,nosuid,nodev,noexec bascule "$folder" && cd "$folder" || exit 1
export CIB_shadow_dir="$folder"
ulimit -t 3
awk '/^# bascule: / { file = $3; next } { print >file }'
echo "# nodes $1 $2"
ask() {
    echo "# $1 $2"
    shift 2
    crm_simulate --simulate "$@" 2>/dev/null
}
go() {
    standby="id=\"bascule-standby-$2\" name=\"standby\" value="
    sed "s/$standby\"off\"/$standby\"on\"/" "$1" >away
    ask "$1" "away-$2" --xml-file away --save-output moved
    sed "s/$standby\"on\"/$standby\"off\"/" moved >back
    ask "$1" "back-$2" --xml-file back
}
[ ! -s as-found ] || go as-found 1
[ ! -s constraints ] || { go constraints 1; go constraints 2; }
[ ! -s failing ] || ask failing fails --xml-file failing