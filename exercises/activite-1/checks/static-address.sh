#!/bin/sh
# Met where the machine's own address stands in a configuration that is applied at boot: ifupdown's, systemd-networkd's
# (and so netplan's), or NetworkManager's.
address=$MACHINE_ADDRESS

# Addresses, with or without a prefix length, among the words of the standard input.
given() {
    tr -s '[:space:]",;=[]' '\n' | sed 's|/[0-9]*$||' | grep -Fxq "$address"
}

found() {
    echo "fr: $address est donnée par $1"
    echo "en: $address is given by $1"
    exit 0
}

if command -v ifquery >/dev/null; then
    # Only what is brought up at boot or with the cable counts.
    for interface in $( (ifquery --list; ifquery --list --allow=hotplug) 2>/dev/null | sort -u); do
        # What ifupdown itself makes of its files; a command under `up` can give the address too.
        if ifquery "$interface" 2>/dev/null | grep -E '^(address|(pre-|post-)?up):' | given; then
            found "/etc/network/interfaces ($interface)"
        fi
    done
fi
# Of the files of one name networkd reads the first folder's.
if systemctl --quiet is-enabled systemd-networkd 2>/dev/null; then
    for file in /etc/systemd/network/*.network /run/systemd/network/*.network; do
        if [ -f "$file" ] && grep -E '^[[:space:]]*Address[[:space:]]*=' "$file" | given; then found "$file"; fi
    done
fi
if systemctl --quiet is-enabled NetworkManager 2>/dev/null; then
    for file in /etc/NetworkManager/system-connections/* /run/NetworkManager/system-connections/*; do
        if [ -f "$file" ] && grep -E '^address[0-9]*=' "$file" | given; then found "$file"; fi
    done
fi
echo "fr: $address n'est dans aucune configuration lue au démarrage"
echo "en: $address is in no configuration that is read at boot"
exit 1
