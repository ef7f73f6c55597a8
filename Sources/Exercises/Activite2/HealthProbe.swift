import GraderCore

/// Commands that look at the machines' health. Each is a matter of milliseconds: grading a pair takes hardly longer
/// than its slowest command, `crm configure show`.
enum HealthProbe {
    static let verify = "crm-verify"
    static let boot = "boot-units"
    static let agents = "resource-agents"
    static let webConfiguration = "web-configtest"
    static let site = "site-files"

    static func all(_ findings: Findings) -> [Probe] {
        let web = findings.evidence.lab.web
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
    /// smaller files holds the text that the site is recognised by. `timeout` because a folder may be anything.
    private static let siteScript = """
        cat /etc/apache2/sites-enabled/* /etc/apache2/apache2.conf /etc/nginx/sites-enabled/* /etc/nginx/conf.d/*.conf \\
        2>/dev/null | head -c 262144 | sed -n \\
        -e 's/^[[:space:]]*[Dd]ocument[Rr]oot[[:space:]]*//p' -e 's/^[[:space:]]*root[[:space:]]*//p' \\
        | tr -d "\\"';" | sort -u | head -n 8 | while read -r folder; do
        [ -d "$folder" ] || { printf 'missing - %s\\n' "$folder"; continue; }
        count=$(ls -A "$folder" | head -n 1000 | wc -l); text=no
        if [ -n "$1" ] && timeout 2 find "$folder" -maxdepth 2 -type f -size -256k 2>/dev/null | head -n 200 \\
        | timeout 2 xargs -r -d '\\n' grep -lF -m 1 -e "$1" 2>/dev/null | grep -q .; then text=yes; fi
        printf '%s %s %s\\n' "$count" "$text" "$folder"
        done
        """
}
