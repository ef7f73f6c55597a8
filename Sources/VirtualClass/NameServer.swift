import GraderCore

/// A student's name server: BIND alone in a namespace and a root file system of its own, so that it outlives
/// whatever becomes of the machines.
struct NameServer: Sendable {
    let student: VirtualStudent
    let plan: VirtualLab.Plan
    let recipe: VirtualLab.NameServer
    let machines: [MachineID]
    let address: String
    let namespace: ClassNamespace
    let lowerFolders: [String]

    /// What a script or a person calls it: `etu1/dns`.
    static let place = "dns"
    /// Debian packages, in the root file system that it shares with the machines.
    static let packages = ["bind9", "bind9-dnsutils"]

    var part: String { ClassNetwork.dnsNamespace(student) }
    private var folder: String { "/run/nodes/\(part)" }
    private var log: String { "\(folder)/named.log" }

    private static let mountScript = #"""
        folder=$1
        mkdir -p "$folder/upper/etc/bind" "$folder/upper$(dirname "$5")" "$folder/work" "$folder/root"
        printf '%s' "$3" > "$folder/upper/etc/bind/named.conf"
        printf '%s' "$4" > "$folder/upper$5"
        mount -t overlay overlay -o "lowerdir=$2,upperdir=$folder/upper,workdir=$folder/work" "$folder/root"
        mount -t proc proc "$folder/root/proc"
        mkdir -p "$folder/root/run/named"
        chroot "$folder/root" chown bind:bind /run/named
        """#

    /// Starts it and waits until it answers for its zone.
    func start() async throws {
        try await namespace.checked(
            [
                "sh", "-euc", Self.mountScript, "sh", folder, lowerFolders.joined(separator: ":"),
                configuration, zone, recipe.zoneFile,
            ],
            LocalizedText(
                fr: "Le serveur DNS de \(student.id) n'a pas pu être préparé",
                en: "The name server of \(student.id) could not be prepared"))
        // In the foreground, with its log on standard error; one thread is plenty for one zone.
        try await namespace.start(
            [
                "nsenter", "--net=/run/netns/\(part)", "chroot", "\(folder)/root", "named", "-g", "-n", "1",
                "-u", "bind",
            ], part: part, log: log,
            LocalizedText(
                fr: "Le serveur DNS de \(student.id) n'a pas pu être lancé",
                en: "The name server of \(student.id) could not be started"))
        do {
            let answer = LocalizedText(
                fr: "une réponse du serveur DNS de \(student.id)",
                en: "the name server of \(student.id) to answer")
            try await waiting(.seconds(30), for: answer) {
                let query = ["dig", "+short", "+time=1", "+tries=1", "@\(address)", "dns.\(plan.zone)"]
                return try await run(query).output.contains(address)
            }
        } catch let error as LabError {
            let said = namespace.tail(log)
            throw LabError(
                LocalizedText(
                    fr: "\(error.sentence) Son journal : \(said)", en: "\(error.sentence) It said: \(said)"))
        }
    }

    /// Starts over with the zone as it was at first.
    func restart() async throws {
        try await namespace.group.kill(part)
        try await namespace.checked(
            ["sh", "-euc", #"umount -R "$1/root"; rm -rf --one-file-system "$1""#, "sh", folder],
            LocalizedText(
                fr: "Le disque du serveur DNS de \(student.id) n'a pas pu être effacé",
                en: "The disk of \(student.id)'s name server could not be erased"))
        try await start()
    }

    /// `arguments` as they have to be started on the host to run on the name server.
    func entering(_ arguments: [String]) throws -> [String] {
        [
            "nsenter", "--target", String(try namespace.requiredHolder()), "--mount", "nsenter",
            "--net=/run/netns/\(part)", "chroot", "\(folder)/root", "env", "HOME=/root", "LC_ALL=C.UTF-8",
            "PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin",
        ] + arguments
    }

    /// Runs a command on the name server. Its exit status is data.
    func run(_ arguments: [String], timeLimit: Duration = .seconds(20)) async throws -> HostCommand.Outcome {
        try await HostCommand(
            arguments: namespace.group.entering("work", entering(arguments)), timeLimit: timeLimit
        ).run()
    }

    private var configuration: String {
        """
        options {
            directory "/var/cache/bind";
            listen-on { \(address); 127.0.0.1; };
            listen-on-v6 { none; };
            recursion no;
            empty-zones-enable no;
            dnssec-validation no;
            max-cache-size 2m;
        };
        zone "\(plan.zone)" {
            type master;
            file "\(recipe.zoneFile)";
        };

        """
    }

    /// RFC 1035, section 5.
    var zone: String {
        """
        $TTL 60
        @ IN SOA dns.\(plan.zone). root.\(plan.zone). (1 3600 600 86400 60)
        @ IN NS dns
        dns IN A \(address)
        \((machines.map { "\($0) IN A \(plan[$0])" } + recipe.records(plan)).joined(separator: "\n"))

        """
    }
}
