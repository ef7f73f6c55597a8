# Has the sshd that runs read its configuration since it was changed last?
# 0 yes, 1 no; anything else: it cannot be told.
export LC_ALL=C
changed=$(stat -c %Y /etc/ssh/sshd_config /etc/ssh/sshd_config.d/*.conf 2> /dev/null | sort -n | tail -n 1)
[ -n "$changed" ] || exit 3
# Started by its socket, sshd is another for every connection.
if systemctl is-active --quiet ssh.socket; then
    echo "fr: ssh.socket lance un sshd pour chaque connexion"
    echo "en: ssh.socket starts an sshd for every connection"
    exit 0
fi
# A start and a reload both change the unit's state; a signal sent by hand is told by the journal.
state=$(systemctl show ssh.service --property=StateChangeTimestamp --value)
# Of no time date(1) makes the beginning of today.
[ -n "$state" ] && since=$(date -d "$state" +%s 2> /dev/null) && [ -n "$since" ] || exit 3
has_read() {
    [ "$since" -ge "$1" ] \
        || journalctl --quiet --output=cat --since="@$1" _COMM=sshd 2> /dev/null | grep -q '^Server listening on '
}
if has_read "$changed"; then
    # The folder's own time is a file's that was taken away, or an editor's beside it that somebody only looked with.
    has_read "$(stat -c %Y /etc/ssh/sshd_config.d 2> /dev/null || echo 0)" || exit 3
    echo "fr: sshd a relu sa configuration depuis sa dernière modification"
    echo "en: sshd has read its configuration since it was changed last"
    exit 0
fi
echo "fr: la configuration de sshd a été modifiée après son dernier démarrage ou rechargement"
echo "en: sshd's configuration was changed after it was started or reloaded last"
exit 1
