/// A file that goes into a node before it boots.
struct ImageFile: Sendable, Hashable {
    /// Absolute path in the node.
    let path: String
    let mode: Int
    let contents: [UInt8]

    init(_ path: String, mode: Int = 0o644, _ contents: [UInt8]) {
        self.path = path
        self.mode = mode
        self.contents = contents
    }

    init(_ path: String, mode: Int = 0o644, _ text: String) {
        self.init(path, mode: mode, Array(text.utf8))
    }
}

/// What makes one node out of the common root file system: names, addresses, keys, the pair's Corosync.
///
/// As the student has it at the end of the sheet before this one: Corosync and Pacemaker running on both nodes
/// (corosync.conf(5); `two_node` implies `wait_for_all`), Apache serving the same small dynamic site.
struct NodeIdentity: Sendable {
    let node: NodeName
    let plan: AddressPlan
    /// 32 hexadecimal digits, different on every node (machine-id(5)).
    let machineID: String
    /// The pair's shared Corosync key.
    let corosyncKey: [UInt8]
    /// `/etc/ssh/ssh_host_*`, this node's own.
    let hostKeys: [ImageFile]

    /// The text by which the site of this pair is recognised, on both nodes.
    static func siteText(_ student: VirtualStudent) -> String { "Intralab de \(student.id)" }

    var files: [ImageFile] {
        [
            ImageFile("/etc/hostname", "\(node.host.rawValue)\n"),
            ImageFile("/etc/machine-id", mode: 0o444, "\(machineID)\n"),
            ImageFile("/etc/hosts", hosts),
            ImageFile("/etc/resolv.conf", "search \(plan.zone)\nnameserver \(plan.dns)\n"),
            ImageFile("/etc/network/interfaces", interfaces),
            ImageFile("/etc/corosync/corosync.conf", corosync),
            ImageFile("/etc/corosync/authkey", mode: 0o400, corosyncKey),
            ImageFile(
                "/etc/apache2/conf-available/served-by.conf",
                "ServerName \(node.host.rawValue)\nSetEnv SERVED_BY \(node.host.rawValue)\n"),
            ImageFile("/var/www/html/index.shtml", page),
        ] + hostKeys
    }

    private var hosts: String {
        """
        127.0.0.1 localhost
        \(plan.serv1) serv1.\(plan.zone) serv1
        \(plan.serv2) serv2.\(plan.zone) serv2

        """
    }

    private var interfaces: String {
        """
        auto lo
        iface lo inet loopback

        auto eth0
        iface eth0 inet static
            address \(plan.address(node.host))
            netmask 255.255.255.0

        """
    }

    private var corosync: String {
        let nodes = NodeName.Host.allCases.map { host in
            """
                node {
                    ring0_addr: \(plan.address(host))
                    name: \(host.rawValue)
                    nodeid: \(host.id)
                }
            """
        }
        return """
            totem {
                version: 2
                cluster_name: \(node.student.id)
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
    private var page: String {
        """
        <!DOCTYPE html>
        <html lang="fr">
        <head><meta charset="utf-8"><title>\(Self.siteText(node.student))</title></head>
        <body>
        <h1>\(Self.siteText(node.student))</h1>
        <p>Page servie par <strong><!--#echo var="SERVED_BY" --></strong> à
        <!--#echo var="REMOTE_ADDR" -->, le <!--#config timefmt="%d/%m/%Y à %H:%M:%S" --><!--#echo var="DATE_LOCAL" -->.</p>
        </body>
        </html>

        """
    }
}
