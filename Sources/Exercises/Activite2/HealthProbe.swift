import GraderCore
import LinuxFacts
import Pacemaker

/// Commands that look at the machines' health. Each is a matter of milliseconds: grading a pair takes hardly longer
/// than its slowest command, `crm configure show`.
enum HealthProbe {
    static let verify = "crm-verify"
    static let boot = "boot-units"
    static let agents = "resource-agents"
    static let webConfiguration = "web-configtest"
    static let site = "site-files"

    static func all(_ findings: Findings) -> [Probe] {
        let web = findings.lab.web
        // One node is asked: it is the cluster's configuration, not the node's.
        var probes =
            findings.asked.map {
                [Activite2Probes.command($0, verify, ["crm_verify", "-L", "-V"], brief: true)]
            }
            ?? []
        for node in findings.reached {
            probes += [
                Activite2Probes.shell(
                    node, boot, bootScript, asRoot: false, outputLimit: 4 << 10, brief: true),
                Activite2Probes.shell(
                    node, webConfiguration,
                    web.server == .apache
                        ? "apachectl configtest 2>&1 || apache2ctl configtest" : "nginx -t",
                    outputLimit: 64 << 10),
                Activite2Probes.shell(
                    node, site, siteScript, [web.expectedText ?? ""], outputLimit: 64 << 10),
            ]
            let wanted = agentsConfigured(findings)
            if !wanted.isEmpty {
                probes.append(
                    Activite2Probes.shell(
                        node, agents, agentScript, wanted, asRoot: false, outputLimit: 16 << 10, brief: true))
            }
        }
        return probes
    }

    /// What crm_verify(8) says of the CIB: silence with 0, or that it is not valid, in the words of Pacemaker 1.1 to 3.0
    /// or by its status for that (CRM_EX_CONFIG); nil where it says neither: it could not ask the cluster, took too
    /// long, or is not there.
    static func isValid(_ ending: CommandResult.Ending, _ said: String) -> Bool? {
        guard case .exited(let status) = ending else { return nil }
        if status == 0 { return true }
        let complaints = ["config not valid", "config may not be valid", "Configuration invalid"]
        return status == 78 || complaints.contains { said.holds($0) } ? false : nil
    }

    /// What the web server says of its configuration; nil where what is said is not its own word: another status than
    /// 0 is also that of a shell, of timeout(1), or of an sshd that ran nothing.
    static func isRight(_ ending: CommandResult.Ending, _ said: String) -> Bool? {
        guard case .exited(let status) = ending else { return nil }
        if status == 0 {
            return ["Syntax OK", "syntax is ok", "test is successful"].contains { said.holds($0) }
                ? true : nil
        }
        // 124 to 127: timeout(1) and the shell, which name the command too.
        guard !(124...127).contains(status) else { return nil }
        let names = ["apache2:", "httpd:", "AH0", "yntax error", "configtest' failed", "nginx:"]
        return names.contains { said.holds($0) } ? false : nil
    }

    /// Agents of the exercise's resources, `ocf:heartbeat:IPaddr2`; a student's text, bounded.
    static func agentsConfigured(_ findings: Findings) -> [String] {
        let configurations = findings.cibs.keys.sorted().compactMap { findings.cibs[$0]?.configuration }
        let agents = configurations.flatMap { configuration in
            configuration.primitives.filter { !findings.isDenied($0.id) }
                .map { configuration.agent(of: $0) }
        }
        return Set(agents.filter { $0.utf8.count <= 120 && !$0.contains("/") }).sorted().prefix(12).map(
            \.self)
    }

    /// `corosync enabled`. Without systemd, a start link of the default run levels.
    private static let bootScript = """
        for unit in corosync pacemaker; do
        state=$(systemctl is-enabled "$unit" 2>/dev/null)
        if [ -z "$state" ] && ls /etc/rc[2345].d/S[0-9][0-9]"$unit" >/dev/null 2>&1; then state=enabled; fi
        printf '%s %s\\n' "$unit" "${state:-unknown}"
        done
        """

    /// `present ocf:heartbeat:IPaddr2`, `absent lsb:apache2`; `unknown` for classes that are no files.
    private static let agentScript = """
        for agent in "$@"; do
        rest=${agent#*:}; name=${agent##*:}; state=unknown
        case "$agent" in
        ocf:*) state=absent; [ -x "/usr/lib/ocf/resource.d/${rest%%:*}/$name" ] && state=present ;;
        lsb:*) state=absent; [ -x "/etc/init.d/$name" ] && state=present ;;
        systemd:*|service:*) state=absent
        for folder in /etc/systemd/system /run/systemd/system /lib/systemd/system /usr/lib/systemd/system \\
        /run/systemd/generator.late; do
        [ -e "$folder/${name%.service}.service" ] && state=present; done
        case "$agent" in service:*) [ -x "/etc/init.d/$name" ] && state=present ;; esac ;;
        esac
        printf '%s %s\\n' "$state" "$agent"
        done
        """

    /// For each folder that the web server's configuration names: how many entries it has, and whether one of its
    /// smaller files holds the text that the site is recognised by: `yes`, `no`, or `unknown` where time was up before
    /// the last of them (a folder may be anything, and a node may be slow).
    private static let siteScript = """
        cat /etc/apache2/sites-enabled/* /etc/apache2/apache2.conf /etc/nginx/sites-enabled/* /etc/nginx/conf.d/*.conf \\
        2>/dev/null | head -c 262144 | sed -n \\
        -e 's/^[[:space:]]*[Dd]ocument[Rr]oot[[:space:]]*//p' -e 's/^[[:space:]]*root[[:space:]]*//p' \\
        | tr -d "\\"';" | sort -u | head -n 8 | while read -r folder; do
        [ -d "$folder" ] || { printf 'missing - %s\\n' "$folder"; continue; }
        count=$(ls -A "$folder" | head -n 1000 | wc -l); text=no
        if [ -n "$1" ]; then
        timeout 2 sh -c 'find "$1" -maxdepth 2 -type f -size -256k -print0 2>/dev/null \\
        | xargs -0 -r grep -lF -m 1 -e "$2" 2>/dev/null | grep -q .' sh "$folder" "$1" </dev/null
        case $? in 0) text=yes ;; 1) ;; *) text=unknown ;; esac
        fi
        printf '%s %s %s\\n' "$count" "$text" "$folder"
        done
        """
}
