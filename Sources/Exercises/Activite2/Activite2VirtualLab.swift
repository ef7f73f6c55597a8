import GraderCore

/// The pair as the student has it at the end of the sheet before this one: Corosync and Pacemaker running on both nodes,
/// Apache serving the same small dynamic site, and a name server of his own.
///
/// On three generations of Pacemaker and crmsh: 2.0 and 4.2 on bullseye, 2.1 and 4.4 on bookworm, 3.0 and 5 on trixie.
/// The lab sheet's addresses are 172.16.0.10, .11 and, for the virtual IP, .12.
enum Activite2VirtualLab {
    private typealias Plan = VirtualLab.Plan

    static let recipe: VirtualLab = {
        var lab = VirtualLab(
            summary: LocalizedText(
                fr: """
                    Chaque paire est faite de deux machines Debian avec systemd, Corosync, Pacemaker, crmsh, Apache et sshd, \
                    et d'un serveur de noms à côté, sur un réseau qui ne mène nulle part.
                    """,
                en: """
                    Every pair is two Debian machines with systemd, Corosync, Pacemaker, crmsh, Apache and sshd, with a \
                    name server beside them, on a network that leads nowhere.
                    """),
            machines: MachineID.pair)
        lab.services = [vip]
        lab.image = image
        lab.nameServer = VirtualLab.NameServer(zoneFile: "/etc/bind/db.intralab") { plan in
            // The site's name is at serv1's own address, as it was before there was a cluster.
            ["www IN A \(plan[.serv1])"]
        }
        lab.files = { plan, machine, secret in
            [
                VirtualLab.File("/etc/corosync/corosync.conf", corosync(plan)),
                VirtualLab.File("/etc/corosync/authkey", mode: 0o400, secret),
                VirtualLab.File(
                    "/etc/apache2/conf-available/served-by.conf",
                    "ServerName \(machine)\nSetEnv SERVED_BY \(machine)\n"),
                VirtualLab.File("/var/www/html/index.shtml", page(plan)),
            ]
        }
        // About 20 s from the boot: Pacemaker's dc-deadtime.
        lab.readiness = VirtualLab.Readiness(
            script: #"crm_mon --one-shot 2>/dev/null | grep -q 'Online: \[ serv1 serv2 \]'"#,
            timeLimit: .seconds(180),
            sentence: LocalizedText(fr: "le cluster s'est formé", en: "the cluster has formed"),
            complaint: {
                LocalizedText(
                    fr: "Le cluster de \($0.student) ne s'est pas formé",
                    en: "The cluster of \($0.student) did not form")
            }, look: "crm_mon -1")
        lab.environment = { ["SITE": siteName($0)] }
        lab.functions = functions
        lab.roster = { plan in
            let address = plan[service: vip]
            return [
                "vip: \(address)/\(plan.prefixLength)",
                "dns: {server: \(plan.nameServer ?? ""), names: [\(siteName(plan))]}",
                "web: {url: \"http://\(address)/\", expect: \"\(siteText(plan))\", server: apache}",
            ]
        }
        return lab
    }()

    /// The virtual IP's name in the address plan.
    private static let vip = "vip"

    private static func siteName(_ plan: Plan) -> String { "www.\(plan.zone)" }

    /// The text by which the site of this pair is recognised, on both nodes.
    private static func siteText(_ plan: Plan) -> String { "Intralab de \(plan.student)" }

    /// crmsh fails outright where /var/log/crmsh is missing; the sample corosync.conf would make a ghost node `node1`.
    private static let image: VirtualLab.Image = {
        var image = VirtualLab.Image()
        image.packages = ["corosync", "pacemaker", "crmsh", "resource-agents", "apache2"]
        image.folders = ["/var/log/crmsh"]
        image.removed = ["/etc/corosync/corosync.conf", "/var/www/html/index.html"]
        image.setup = """
            cat > /etc/apache2/conf-available/intralab.conf <<'CONF'
            <Directory /var/www/html>
                Options +Includes
                DirectoryIndex index.shtml
            </Directory>
            CONF
            touch /etc/apache2/conf-available/served-by.conf
            a2enmod --quiet include
            a2enconf --quiet intralab served-by
            """
        image.units = ["corosync", "pacemaker", "apache2"]
        return image
    }()

    /// corosync.conf(5); `two_node` implies `wait_for_all`.
    private static func corosync(_ plan: Plan) -> String {
        let nodes = MachineID.pair.enumerated().map { index, machine in
            """
                node {
                    ring0_addr: \(plan[machine])
                    name: \(machine)
                    nodeid: \(index + 1)
                }
            """
        }
        return """
            totem {
                version: 2
                cluster_name: \(plan.student)
                transport: knet
                crypto_cipher: aes256
                crypto_hash: sha256
            }
            nodelist {
            \(nodes.joined(separator: "\n"))
            }
            quorum {
                provider: corosync_votequorum
                two_node: 1
            }
            logging {
                to_logfile: no
                to_syslog: yes
            }

            """
    }

    /// Server-side includes (Apache's mod_include): as dynamic as the lab needs, at the cost of a file.
    private static func page(_ plan: Plan) -> String {
        """
        <!DOCTYPE html>
        <html lang="fr">
        <head><meta charset="utf-8"><title>\(siteText(plan))</title></head>
        <body>
        <h1>\(siteText(plan))</h1>
        <p>Page servie par <strong><!--#echo var="SERVED_BY" --></strong> à
        <!--#echo var="REMOTE_ADDR" -->, le <!--#config timefmt="%d/%m/%Y à %H:%M:%S" --><!--#echo var="DATE_LOCAL" -->.</p>
        </body>
        </html>

        """
    }

    private static let functions = #"""
        # Waits until the cluster has nothing left to do (crm_resource(8)).
        settled() { crm_resource --wait --timeout=120; }
        # Waits until both nodes are members and nothing is left to do.
        both_online() {
            until crm_mon -1 2>/dev/null | grep -q 'Online: . serv1 serv2 .'; do sleep 0.5; done
            settled
        }
        # The sheet's first test of the failover: the primary in standby, and back.
        tried_by_standby() {
            crm node standby serv1
            settled
            crm node online serv1
            settled
        }
        # Stops Pacemaker, which has these settings from its next start on.
        stopped_with() {
            systemctl stop pacemaker
            printf '%s\n' "$@" >> /etc/default/pacemaker
        }
        # Has journald forget what it kept.
        journal_emptied() {
            rm -rf /var/log/journal/* /run/log/journal/*
            systemctl restart systemd-journald
        }
        # Has Apache read its configuration again; the command itself does not wait until it has.
        web_reloaded() {
            systemctl reload apache2
            until sed '1,/raceful restart/d' /var/log/apache2/error.log | grep -q 'resuming normal'; do sleep 0.2; done
        }
        # Changes an operation as `crm configure edit` would, which needs a terminal: operation RESOURCE NAME
        # ATTRIBUTE VALUE.
        operation() {
            id=$(cibadmin --query --xpath "//primitive[@id='$1']/operations/op[@name='$2']" \
                | sed -n 's/.* id="\([^"]*\)".*/\1/p')
            cibadmin --modify --xml-text "<op id='$id' $3='$4'/>"
        }
        """#
}
