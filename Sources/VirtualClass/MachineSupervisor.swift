/// The small shell program that is a machine's power supply: it plugs it in, boots it, boots it again after a
/// `reboot`, and ends, the cable gone, when it powers off or is killed. A shell program of its own, so that the class
/// lives on whatever becomes of the program that raised it. It is put into the class's `/run` and started there.
enum MachineSupervisor {
    static let path = "/run/supervise-node"

    /// systemd-nspawn(1): with `--keep-unit` it ends with 133 where the machine asked for a reboot, with 0 where
    /// it powered off. Without the two capabilities no machine could give itself another address.
    static let script = #"""
        node=$1 host=$2 bridge=$3 mac=$4 lower=$5 port=$6
        folder=/run/nodes/$node

        unplug() {
            ip -n switch link del "$port" 2>/dev/null
            ip netns del "$node" 2>/dev/null
        }
        # A network namespace of its own for every boot: addresses, routes and packet filters do not survive one.
        plug_in() {
            ip netns add "$node" &&
                ip -n switch link add "$port" type veth peer name eth0 address "$mac" netns "$node" &&
                ip -n switch link set "$port" master "$bridge" up
        }

        mkdir -p "$folder/upper" "$folder/work" "$folder/root"
        mountpoint -q "$folder/root" ||
            mount -t overlay overlay -o "lowerdir=$lower,upperdir=$folder/upper,workdir=$folder/work" "$folder/root" ||
            exit 1

        while :; do
            unplug
            plug_in || exit 1
            SYSTEMD_NSPAWN_UNIFIED_HIERARCHY=1 systemd-nspawn --quiet --boot --directory="$folder/root" \
                --machine="$node" --hostname="$host" --network-namespace-path="/run/netns/$node" \
                --register=no --keep-unit --capability=CAP_NET_ADMIN,CAP_NET_RAW \
                --resolv-conf=off --timezone=off --link-journal=no --console=pipe
            status=$?
            echo "supervisor: nspawn ended with $status"
            [ "$status" = 133 ] || break
        done
        unplug
        """#
}
