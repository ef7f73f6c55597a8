# In a network namespace that leads nowhere: addresses of the simulated class, and those of machines that are off.
# namespace.sh COMMAND… (started by Benchmarks/scale and Benchmarks/peers through unshare)
set -eu
ip link set lo up
ip route add local 10.64.0.0/16 dev lo
# Takes everything and answers nothing.
ip link add silent type veth peer name nobody
ip address add 10.99.255.254/16 dev silent
ip link set silent arp off up
ip link set nobody up
exec "$@"
