import GraderCore

/// The web service as the machine knows it, and how a drill stops it and makes it unusable.
struct WebService: Hashable {
    /// The systemd unit, `apache2.service`.
    var unit: String
    /// What starts and stops it on the cluster's behalf is the unit (`lsb:`, `systemd:`, `service:`); otherwise
    /// an agent of its own that the unit knows nothing of.
    var isUnitManaged: Bool
    var server: WebFacts.Server

    /// Where Debian's configuration has the main process's number written.
    var pidFile: String {
        switch server {
        case .apache: "/run/apache2/apache2.pid"
        case .nginx: "/run/nginx.pid"
        }
    }

    /// The file that makes the configuration unusable: one of our own in a folder that the distribution's
    /// configuration includes, so that no file of the student's is touched.
    var breakingFile: String {
        switch server {
        case .apache: "/etc/apache2/conf-enabled/zz-bascule-drill.conf"
        case .nginx: "/etc/nginx/conf.d/zz-bascule-drill.conf"
        }
    }

    /// The command that says whether the configuration is usable: status 0, or another.
    var configurationTest: [String] {
        switch server {
        case .apache: ["apachectl", "configtest"]
        case .nginx: ["nginx", "-t", "-q"]
        }
    }

    /// In the drill's folder on the nodes.
    static let breakingName = "breaking.conf"
    static let breakingText = "Bascule_drill_of_an_unusable_configuration"

    /// A file of our own beside the student's; the configuration must be refused afterwards, or the drill would
    /// show nothing. It is there whole or not at all, whatever becomes of disk and power meanwhile: the undo knows it by
    /// what is in it, and under the name that it has until then no server reads it.
    func breakConfiguration(_ scene: ClusterDrill.Scene) -> DrillStep {
        DrillStep(
            "break", on: scene.active,
            [
                "sh", "-c",
                """
                from=$1 to=$2; shift 2
                [ ! -e "$to" ] && "$@" >/dev/null 2>&1 || exit 3
                rm -f "$to.new" && cp "$from" "$to.new" && chmod 0644 "$to.new" && sync || exit 4
                mv "$to.new" "$to" && sync || exit 4
                "$@" >/dev/null 2>&1 && exit 5
                exit 0
                """, "break", Self.breakingName, breakingFile,
            ] + configurationTest, timeLimit: .seconds(30),
            undo: "rm -f \(breakingFile) \(breakingFile).new && \(configurationTest.joined(separator: " "))")
    }

    func stop(_ scene: ClusterDrill.Scene) -> DrillStep {
        let undo = ShellWord.line(["crm", "resource", "cleanup", scene.resources.web ?? "", scene.name])
        if isUnitManaged {
            return DrillStep(
                "stop", on: scene.active, ["systemctl", "stop", unit], timeLimit: .seconds(60), undo: undo)
        }
        // An agent of its own started it, unknown to the unit: its main process is asked to end (apache2(8)).
        return DrillStep(
            "stop", on: scene.active,
            ["sh", "-c", "read -r pid <\"$1\" && kill -TERM \"$pid\"", "stop", pidFile],
            timeLimit: .seconds(20), undo: undo)
    }
}
