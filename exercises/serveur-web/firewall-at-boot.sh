# Is the same firewall there again after a reboot? The rules in force and those that a service of the next boot would load
# are tried on packets: each in a network namespace of its own, with a neighbour that connects to it. Nothing of the
# machine is touched.
# 0 yes, 1 no; anything else: it cannot be told.
export LC_ALL=C
command -v systemctl > /dev/null && command -v bash > /dev/null || exit 3
say() {
    echo "fr: $1"
    echo "en: $2"
}
is_enabled() { [ "$(systemctl is-enabled "$1" 2> /dev/null)" = enabled ]; }
work=$(mktemp -d) || exit 3
trap 'rm -rf "$work"' EXIT
if is_enabled firewalld; then
    # Its rules are what is permanent in its zones.
    zone() { firewall-cmd "$@" --list-all | grep -E '^ +(target|services|ports|protocols|forward-ports|rich rules|rule|icmp)'; }
    zone > "$work/now" && zone --permanent > "$work/then" || exit 3
    if cmp -s "$work/now" "$work/then"; then
        say "firewalld, dont les règles sont permanentes" "firewalld, whose rules are permanent"
        exit 0
    fi
    say "firewalld n'a pas les règles en vigueur de façon permanente" "firewalld does not have the rules in force permanently"
    exit 1
fi
if is_enabled ufw && grep -qi '^ENABLED=yes' /etc/ufw/ufw.conf 2> /dev/null; then
    say "ufw, qui garde ses règles" "ufw, which keeps its rules"
    exit 0
fi
: > "$work/load"
if is_enabled nftables; then
    echo 'nft -f /etc/nftables.conf' >> "$work/load"
fi
if is_enabled netfilter-persistent && [ -e /etc/iptables/rules.v4 ]; then
    echo 'iptables-restore < /etc/iptables/rules.v4' >> "$work/load"
fi
if [ ! -s "$work/load" ]; then
    say "aucun service de pare-feu n'est lancé au démarrage" "no firewall service is started at boot"
    exit 1
fi
echo 'nft -f "$work/nft" || iptables-restore < "$work/iptables"' > "$work/load.now"
mv "$work/load" "$work/load.then"
nft -s list ruleset > "$work/nft" 2> /dev/null
iptables-save > "$work/iptables" 2> /dev/null
ip -o link | awk -F': ' '{ sub(/@.*/, "", $2); if ($2 != "lo") print $2 }' > "$work/interfaces"
device=$(ip -o -4 addr show to "$WEB_ADDRESS" | awk '{ print $2; exit }')
[ -n "$device" ] || exit 3
cat > "$work/inside" <<'INSIDE'
set -eu
work=$1 device=$2 own=$3 rules=$4 patience=$5
tries=
other=${own%.*}.1
[ "$other" != "$own" ] || other=${own%.*}.2
ip link set lo up
ip link add "$device" type veth peer name neighbour
while read -r name; do
    [ "$name" = "$device" ] || ip link add "$name" type dummy 2> /dev/null || ip link add "$name" type bridge
done < "$work/interfaces"
unshare --net sleep 20 &
outside=$!
perl -MIO::Socket::INET -e '
    my @sockets = map { IO::Socket::INET->new(LocalPort => $_, Listen => 5, ReuseAddr => 1) or die } @ARGV; sleep 20
' 22 80 443 8080 9090 &
trap "kill $outside $!" EXIT
until [ "$(readlink "/proc/$outside/ns/net")" != "$(readlink /proc/self/ns/net)" ]; do sleep 0.05; done
ip link set neighbour netns "$outside"
ip addr add "$own/24" dev "$device"
ip link set "$device" up
nsenter --target "$outside" --net sh -euc 'ip addr add "$1/24" dev neighbour; ip link set neighbour up' sh "$other"
until [ "$(ss -Hltn | wc -l)" = 5 ]; do sleep 0.05; done
: > "$work/ready.$rules"
. "$work/load.$rules"
: > "$work/loaded.$rules"
for port in 22 80 443 8080 9090; do
    if nsenter --target "$outside" --net timeout "$patience" bash -c ": < /dev/tcp/$own/$port"; then
        echo "$port" >> "$work/open.$rules"
    fi &
    tries="$tries $!"
done
wait $tries
: > "$work/tried.$rules"
INSIDE
# A busy machine may be slow to answer: what differs is tried once more, with more patience.
for patience in 2 6; do
    rm -f "$work"/ready.* "$work"/loaded.* "$work"/tried.*
    : > "$work/open.now"
    : > "$work/open.then"
    for rules in now then; do
        unshare --net timeout 15 sh "$work/inside" "$work" "$device" "$WEB_ADDRESS" "$rules" "$patience" \
            2> /dev/null > /dev/null &
    done
    wait
    [ -e "$work/tried.now" ] && [ -e "$work/ready.then" ] || exit 3
    if [ ! -e "$work/loaded.then" ]; then
        say "les règles enregistrées ne peuvent être chargées" "the rules that were saved cannot be loaded"
        exit 1
    fi
    [ -e "$work/tried.then" ] || exit 3
    now=$(sort -n "$work/open.now" | tr '\n' ' ')
    then=$(sort -n "$work/open.then" | tr '\n' ' ')
    if [ "$now" = "$then" ]; then
        say "les règles enregistrées laissent entrer comme celles en vigueur : $then" \
            "the rules that were saved let in as those in force do: $then"
        exit 0
    fi
done
say "parmi 22, 80, 443, 8080 et 9090, les règles en vigueur laissent entrer ${now:-rien}, celles du prochain démarrage ${then:-rien}" \
    "of 22, 80, 443, 8080 and 9090 the rules in force let in ${now:-nothing}, those of the next boot ${then:-nothing}"
exit 1
