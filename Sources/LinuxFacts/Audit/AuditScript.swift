/// Looks for what stands between a machine's tools and who asks them. Reads only, as root; every line it prints begins
/// with what it is about (``MachineAudit`` reads them). Parameters: what commands a start-up file has no business with
/// (an extended regular expression), the words that nobody else may define (another), the processes to look for, the
/// tools, the packages, each group ended by `--`. Linux and Debian say what is read: proc(5), dpkg(1), sshd(8), pam(7).
///
/// A package's file that is not there alters nothing: systems without documentation have none of it, and an older dpkg
/// (bullseye's) says of those too that their sums are others.
///
/// What it runs itself comes from the packages' folders; whoever has replaced those, or the kernel, has replaced this
/// look too (`docs/security.md`).
public enum AuditScript {
    /// - Parameter more: lines of `sh` that an exercise adds; `say` prints a line of words.
    public static func text(_ more: String = "") -> String { script + "\n" + more + "\nsay end" }

    /// Tools in folders of a file's `PATH` other than the system's own, however those are spelled (`/usr/sbin/`).
    static let searched = #"""
        searched() { sed -n 's/^[^#]*PATH=//p' "$1" 2>/dev/null | tr "\"':; " '\n\n\n\n\n' | sort -u | head -n 20 \
        | sed "s,^~,${1%/*}," | sed "s,^[$]{*HOME}*,${1%/*}," | while read -r folder; do
        case $folder in /*) ;; *) continue ;; esac
        for own in /usr/sbin /usr/bin /sbin /bin /usr/local/sbin /usr/local/bin; do
        [ "$folder" -ef "$own" ] && continue 2; done
        for tool in $tools; do [ -e "$folder/$tool" ] && say start "$1" "PATH: $folder/$tool"; done; done; }
        """#

    private static let script = #"""
        export PATH=/usr/sbin:/usr/bin:/sbin:/bin LC_ALL=C
        tab=$(printf '\t'); nl='
        '
        say() { printf "%s$tab" "$@" | tr '\n' ' ' | cut -c 1-400; }
        touched=$1 defined=$2; shift 2
        processes= tools= found=
        while [ $# -gt 0 ] && [ "$1" != -- ]; do processes="$processes $1"; shift; done; shift
        while [ $# -gt 0 ] && [ "$1" != -- ]; do tools="$tools $1"; shift; done; shift
        say audit "$(id -u)"
        for tool in $tools; do
        own=
        for folder in /usr/sbin /usr/bin /sbin /bin; do
        [ -e "$folder/$tool" ] && own=$folder/$tool && break; done
        [ -n "$own" ] || continue
        found="$found $own"
        for folder in /usr/local/sbin /usr/local/bin; do
        [ -e "$folder/$tool" ] && say override "$folder/$tool" "$own"; done
        done
        listed=$nl$(for path in $found; do printf '%s\n' "$path" "${path#/usr}"; done \
        | grep -hxFf - /var/lib/dpkg/info/*.list)$nl
        for path in $found; do
        case $listed in *"$nl$path$nl"*|*"$nl${path#/usr}$nl"*) ;; ?*) say unpackaged "$path" ;; esac; done
        [ -s /var/lib/dpkg/diversions ] && paste - - - </var/lib/dpkg/diversions | while IFS=$tab read -r from to by; do
        [ "$by" = : ] && for path in $found; do
        [ "${from#/usr}" = "${path#/usr}" ] && say diverted "$path" "$to"; done; done
        timeout 4 dpkg -V "$@" 2>/dev/null | grep '^..5......   ' | while read -r _ path; do
        [ -e "$path" ] && say altered "$path"; done | head -n 20
        \#(searched)
        lines() { grep -sHE "$2" $3 </dev/null | grep -vE "^[^:]*:[[:space:]]*(#|\$)" | head -n 6 | while IFS=: read -r file line; do
        say "$1" "$file" "$line"; done; }
        homes=$(ls -d /root /home/* 2>/dev/null | head -n 20); starts=
        for home in $homes; do for name in .bashrc .profile .bash_profile .bash_login .bash_aliases .zshrc .kshrc; do
        [ -f "$home/$name" ] && starts="$starts $home/$name"; done; done
        starts="$starts /etc/profile /etc/profile.d/*.sh /etc/bash.bashrc /etc/zsh/zshenv"
        lines preload . /etc/ld.so.preload
        for file in /etc/ssh/sshrc $(for home in $homes; do echo "$home/.ssh/rc"; done); do
        [ -s "$file" ] && say hook "$file" "$(grep -vE '^[[:space:]]*(#|$)' "$file" | head -n 3)"; done
        for home in $homes; do
        lines hook '^[^#]*command="' "$home/.ssh/authorized_keys $home/.ssh/authorized_keys2"; done
        lines hook '^[[:space:]]*[Ff]orce[Cc]ommand[[:space:]=]+[^[:space:]]' '/etc/ssh/sshd_config /etc/ssh/sshd_config.d/*.conf' \
        | grep -v internal-sftp
        lines hook '^[^#]*pam_exec' '/etc/pam.d/*'
        lines start "(^|[^[:alnum:]_])($touched)" "$starts" | grep -vE "$tab[[:space:]]*alias |crm +[a-z]+ +(show|status|list)|crm_resource +(-[lLWQq]|--(list|locate|query))"
        lines start "^[[:space:]]*((alias|function)[[:space:]]+($defined)([[:space:]=({]|\$)|($defined)[[:space:]]*\(\))" "$starts" \
        | grep -vE "alias[[:space:]]+([a-z_]+)=[\"']?\1([[:space:]\"']|\$)"
        for file in $starts; do searched "$file"; done
        sets="(^|[[:space:]])(LD_PRELOAD|LD_AUDIT|BASH_ENV|CIB_[A-Za-z_]+)="
        lines environment "$sets" "$starts /etc/environment $(for home in $homes; do echo "$home/.ssh/environment" \
        "$home/.pam_environment"; done)"
        for process in /proc/[0-9]*; do
        name=; read -r name <"$process/comm" || continue
        case " $processes " in *" $name "*) ;; *) continue ;; esac
        stat=; read -r stat <"$process/stat" || continue
        started=$(set -- ${stat##*) }; echo "${20}")
        udp=no; [ -d /proc/net/sctp ] && udp=unknown
        ls -l "$process/fd" | sed -n 's/.*socket:\[\([0-9]*\)\]$/\1/p' | grep -qwFf - /proc/net/udp /proc/net/udp6 && udp=yes
        say process "$name" "${process#/proc/}" "$(readlink "$process/exe")" "$started" "$udp"
        done 2>/dev/null
        sed -n '/|--/{s/.*|-- //;h};/\/32 host LOCAL/{x;p;x}' /proc/net/fib_trie 2>/dev/null | sort -u | head -n 64 \
        | while read -r address; do say local "$address"; done
        process=$$
        while [ "${process:-0}" -gt 1 ]; do
        stat=; read -r stat <"/proc/$process/stat" || break
        set -- ${stat##*) }
        case $stat in *"(sshd"*) read -r up _ </proc/uptime; say session "${20}" "$up" "$(date +%s.%N)"; break ;; esac
        process=$2; done
        """#
}
