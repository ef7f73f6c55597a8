"""What is odd about a real machine with a real sshd: for each manner what makes it so, as root on the machine, what
takes that back, as whom the grader comes, and what has to come of it.

WHOLE      everything is seen, as on any machine
MESSAGE    the machine answers nothing, and this is said: a part of the sentence
CAREFUL    what is not seen is not assessed, and nothing is lost by it
"""

import dataclasses

WHOLE, CAREFUL = "whole", "careful"
SSHD = "/etc/ssh/sshd_config.d/odd.conf"
RELOAD = "systemctl reload ssh; sleep 0.5"


@dataclasses.dataclass
class Odd:
    do: str
    undo: str
    expects: str
    #: The roster: root by key, an account that becomes root by su, or by sudo.
    by: str = "root"
    #: On both machines.
    is_both: bool = False
    #: Needs what is not in a virtual machine: a file of packages, see scripts/hostile-suite.
    needs_packages: bool = False


def sshd(lines, expects, by="root"):
    return Odd(f"printf '%s\\n' {lines} > {SSHD}; {RELOAD}", f"rm -f {SSHD}; {RELOAD}", expects, by)


def profile(lines, expects, by="root", file="/root/.bashrc"):
    """At the head of a file that the log-in shell reads."""
    return Odd(f"cp -p {file} {file}.kept; printf '%s\\n' {lines} | cat - {file}.kept > {file}",
               f"mv {file}.kept {file}", expects, by)


GUARD = ("'[ \"$LC_ALL\" = C.UTF-8 ] || { PATH=/usr/sbin:/usr/bin:/sbin:/bin; exec \"${0##*/}\" \"$@\"; }'")


def wrapper(names, script, expects=CAREFUL):
    """In front of the real command, for the grader alone: what a cluster's own agents run stays what it is."""
    files = " ".join(f"/usr/local/sbin/{name}" for name in names.split())
    return Odd(f"for f in {files}; do printf '%s\\n' '#!/bin/bash' {GUARD} {script} > $f; chmod 755 $f; done",
               f"rm -f {files}", expects)


CLUSTER = "crm crm_mon cibadmin crm_node crm_verify"
SUDO = "apt-get --version >/dev/null; printf '%s\\n' {} 'etudiant ALL=(ALL) ALL' > /etc/sudoers.d/odd; chmod 440 /etc/sudoers.d/odd"

FRENCH = "printf 'LANG=fr_FR.UTF-8\\nLC_ALL=fr_FR.UTF-8\\nLANGUAGE=fr\\n' > /etc/default/locale"

ODD = {
    "node-max-sessions-1": sshd("'MaxSessions 1'", WHOLE),
    "node-max-sessions-1-su": sshd("'MaxSessions 1'", WHOLE, "su"),
    "node-max-sessions-0": sshd("'MaxSessions 0'", "check MaxSessions"),
    "node-forced-command": sshd("'ForceCommand /bin/echo this account is restricted'",
                                'never began (it said "this account is restricted")'),
    "node-no-root": sshd("'PermitRootLogin no'", "does not let root in"),
    "node-banner": sshd("'Banner /etc/services'", WHOLE),
    "node-no-forwarding": sshd("'AllowTcpForwarding no'", WHOLE),
    "node-password-expired": Odd("chage -d 0 root", "chage -d 2026-01-01 root", "expired"),
    "node-account-expired": Odd("chage -E 1 root", "chage -E -1 root", "does not let root in"),
    "node-nologin": Odd("usermod -s /usr/sbin/nologin root", "usermod -s /bin/bash root",
                        "This account is currently not available"),
    "node-nologin-file": Odd("echo maintenance > /etc/nologin", "rm -f /etc/nologin", WHOLE),
    "node-false": Odd("usermod -s /bin/false root", "usermod -s /bin/bash root", "never began"),
    "node-fish": Odd("usermod -s /usr/bin/fish root", "usermod -s /bin/bash root", WHOLE, needs_packages=True),
    "node-fish-su": Odd("usermod -s /usr/bin/fish root; usermod -s /usr/bin/fish etudiant",
                        "usermod -s /bin/bash root; usermod -s /bin/bash etudiant", WHOLE, "su", needs_packages=True),
    "node-french-su": Odd(FRENCH, "rm -f /etc/default/locale", WHOLE, "su", needs_packages=True),
    "node-french-root": Odd(FRENCH, "rm -f /etc/default/locale", WHOLE, "root", needs_packages=True),
    "node-french-sudo": Odd(FRENCH + "; " + SUDO.format("'Defaults lecture=always'"),
                            "rm -f /etc/default/locale /etc/sudoers.d/odd", WHOLE, "sudo", True, True),
    "node-sudo-lecture": Odd(SUDO.format("'Defaults lecture=always'"), "rm -f /etc/sudoers.d/odd", WHOLE, "sudo", True),
    "node-sudo-tty": Odd(SUDO.format("'Defaults requiretty'"), "rm -f /etc/sudoers.d/odd", "must have a tty", "sudo"),
    "node-sudo-none": Odd("true", "true", "sudoers file does not let", "sudo"),
    "node-noise": profile("'echo welcome; echo to this machine >&2; fortune; printf \"\\033[31m\\007\"'", WHOLE),
    "node-noise-su": profile("'echo \"Password: \" >&2; echo bascule-root; yes | head -c 30000'", WHOLE, "su",
                             "/home/etudiant/.bashrc"),
    "node-flood-profile": profile("'yes'", "never began"),
    "node-hanging-profile": profile("'sleep 1000'", "within 10 s"),
    "node-exiting-profile": profile("'exit 0'", "never began"),
    "node-exec-profile": profile("'exec cat'", CAREFUL),
    "node-empty-path": profile("'PATH=; export PATH'", WHOLE),
    "node-crm-function": profile("'crm() { echo none of your business; }; export -f crm; alias ls=false'", WHOLE),
    "node-options": profile("'set -u; set -e; umask 0777; ulimit -f 0; IFS=x; export BASH_ENV=/etc/passwd ENV=/etc/passwd'",
                            CAREFUL),
    "node-few-processes": profile("'ulimit -u 3; ulimit -n 8'", CAREFUL),
    "node-closed-outputs": profile("'exec >&- 2>&-'", CAREFUL),
    "node-sshrc": Odd("echo 'echo noise; echo noise >&2' > /etc/ssh/sshrc", "rm -f /etc/ssh/sshrc", WHOLE),
    "node-sshrc-hangs": Odd("echo 'sleep 1000' > /etc/ssh/sshrc", "rm -f /etc/ssh/sshrc", "within 10 s"),
    "node-tmp-read-only": Odd("mount -o remount,ro /tmp", "mount -o remount,rw /tmp", WHOLE),
    "node-tmp-full": Odd("mount -t tmpfs -o size=64k tmpfs /tmp; head -c 70000 /dev/zero > /tmp/full || true", "umount /tmp", WHOLE),
    "node-no-home": Odd("usermod -d /nowhere root; mkdir -p /etc/ssh/keys; cp /root/.ssh/authorized_keys /etc/ssh/keys/root; "
                        f"echo 'AuthorizedKeysFile /etc/ssh/keys/root' > {SSHD}; {RELOAD}",
                        f"usermod -d /root root; rm -rf /etc/ssh/keys {SSHD}; {RELOAD}", WHOLE),
    # A twentieth of the processor for whoever is logged in.
    "node-slow": Odd("touch /run/slow; (while [ -e /run/slow ]; do pkill -STOP sshd; sleep 0.57; pkill -CONT sshd; "
                     "sleep 0.03; done) >/dev/null 2>&1 </dev/null &",
                     "rm -f /run/slow; sleep 1; pkill -CONT sshd", WHOLE),
    "node-wrappers-hang": wrapper(CLUSTER, "'exec sleep 1000'"),
    "node-wrappers-hang-deaf": wrapper(CLUSTER, "'trap \"\" TERM INT HUP; while :; do sleep 1000; done'"),
    "node-wrappers-flood": wrapper(CLUSTER, "'exec yes'"),
    "node-wrappers-each-other": Odd(
        "ln -sf /usr/sbin/cibadmin /usr/local/sbin/crm_mon; printf '#!/bin/sh\\nexec /usr/sbin/crm_mon -1\\n' > "
        "/usr/local/sbin/cibadmin; printf '#!/bin/sh\\nip -j addr show\\n' > /usr/local/sbin/crm; "
        "chmod 755 /usr/local/sbin/c*", "rm -f /usr/local/sbin/c*", CAREFUL),
    "node-wrappers-kill-parent": wrapper("uname cat ip", "'kill -9 $PPID'"),
    "node-wrappers-forge": wrapper(
        "ip",
        "'m=$(tr \"\\0\" \"\\n\" < /proc/$PPID/cmdline | grep -ao \"036[0-9a-f]*[.]0 \" | head -1 | cut -c4- | cut -d. -f1)' "
        "'for i in 0 1 2 3 4 5 6 7 8 9 10 11 12; do printf \"forged\\036$m.$i 0\\036\"; printf \"\\036$m.$i\\036\" >&2; done' "
        "'kill -9 $PPID'"),
    "node-wrappers-children": wrapper("uname cat", "'(sleep 30 &)' 'exec /usr/bin/${0##*/} \"$@\"'", WHOLE),
    "node-no-timeout": wrapper("timeout base64 head", "'exit 1'", WHOLE),
    # Takes the cluster down with it: the last.
    "node-wrappers-kill-all": wrapper("uname", "'kill -9 -1'"),
}
