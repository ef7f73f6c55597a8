for agent in "$@"; do
rest=${agent#*:}; name=${agent##*:}; state=unknown
case "$agent" in
ocf:*) state=absent; [ -x "/usr/lib/ocf/resource.d/${rest%%:*}/$name" ] && state=present ;;
lsb:*) state=absent; [ -x "/etc/init.d/$name" ] && state=present ;;
systemd:*|service:*) state=absent
for folder in /etc/systemd/system /run/systemd/system /lib/systemd/system /usr/lib/systemd/system \
/run/systemd/generator.late; do
[ -e "$folder/${name%.service}.service" ] && state=present; done
case "$agent" in service:*) [ -x "/etc/init.d/$name" ] && state=present ;; esac ;;
esac
printf '%s %s\n' "$state" "$agent"
done