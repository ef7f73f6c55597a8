[ -d /run/systemd/system ] && echo systemd=yes
for unit in corosync pacemaker ssh "$1"; do
    echo "enabled.$unit=$(systemctl is-enabled "$unit" 2>/dev/null)"
done
for unit in corosync pacemaker ssh; do
    echo "active.$unit=$(systemctl is-active "$unit" 2>/dev/null)"
done
for folder in /etc/apache2 /etc/nginx /etc/corosync; do
    [ -d "$folder" ] && echo "sum.$folder=$(find "$folder" -xdev \( -type f -o -type l \) -print0 \
        | sort -z | xargs -0 -r sha256sum 2>/dev/null | sha256sum | cut -d' ' -f1)"
done
ip -4 -o addr show scope global | grep -q ' dynamic ' && echo leased=yes
echo "now=$(date +%s)"
written=$(cibadmin --query 2>/dev/null | sed -n '1s/.* cib-last-written="\([^"]*\)".*/\1/p')
[ -n "$written" ] && echo "written=$(date -d "$written" +%s 2>/dev/null)"
grep -a '' /proc/[0-9]*/cmdline 2>/dev/null | tr '\0' ' ' | while IFS= read -r words; do
    words=${words#/proc/*/cmdline:}
    case $words in
    */python*' '*/crm' '*|*/python*' '*/crm|*/crm' '*|crm' '*|*/crmadmin' '*) echo "crm=open" ;;
    esac
done
exit 0