# Do the rules that are in force let an echo request in? Two network namespaces of their own are made for it, one with the
# rules and the address of this machine, one as its neighbour, and the neighbour pings. Nothing of the machine is touched.
# 0 yes, 1 no; anything else: it cannot be told.
export LC_ALL=C
command -v ping > /dev/null || exit 3
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
nft -s list ruleset > "$work/nft" 2> /dev/null
iptables-save > "$work/iptables" 2> /dev/null
ip -o link | awk -F': ' '{ sub(/@.*/, "", $2); if ($2 != "lo") print $2 }' > "$work/interfaces"
device=$(ip -o -4 addr show to "$WEB_ADDRESS" | awk '{ print $2; exit }')
[ -n "$device" ] || exit 3
cat > "$work/inside" <<'INSIDE'
set -eu
work=$1 device=$2 own=$3
other=${own%.*}.1
[ "$other" != "$own" ] || other=${own%.*}.2
ip link set lo up
ip link add "$device" type veth peer name neighbour
while read -r name; do
    [ "$name" = "$device" ] || ip link add "$name" type dummy 2> /dev/null || ip link add "$name" type bridge
done < "$work/interfaces"
unshare --net sleep 20 &
trap "kill $!" EXIT
until [ "$(readlink "/proc/$!/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done
ip link set neighbour netns "$!"
ip addr add "$own/24" dev "$device"
ip link set "$device" up
nsenter --target "$!" --net sh -euc 'ip addr add "$1/24" dev neighbour; ip link set neighbour up' sh "$other"
nft -f "$work/nft" 2> /dev/null || iptables-restore < "$work/iptables"
: > "$work/loaded"
nsenter --target "$!" --net ping -n -c 4 -i 0.3 -W 2 "$own" > "$work/answer" || :
INSIDE
unshare --net sh "$work/inside" "$work" "$device" "$WEB_ADDRESS" 2> /dev/null > /dev/null
[ -e "$work/loaded" ] || exit 3
if grep -q ' bytes from ' "$work/answer"; then
    echo "fr: un ping de l'extérieur reçoit une réponse"
    echo "en: a ping from outside gets an answer"
    exit 0
fi
echo "fr: les règles en vigueur ne laissent pas entrer les demandes d'écho ICMP"
echo "en: the rules in force do not let ICMP echo requests in"
exit 1
