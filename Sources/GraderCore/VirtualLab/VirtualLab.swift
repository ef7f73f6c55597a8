/// How a student's machines of one exercise are raised as a virtual lab: real Debian machines in namespaces of one
/// computer, with an address plan and, where wanted, a name server. The recipe says what is in it; the virtual class
/// knows how it is done, and that every machine has systemd, a network, and sshd.
///
/// The scripts that bring such a lab into a named state are files of the exercise's folder (`situations`, `faults`,
/// `variations`); one of them is called `fresh`, and that is what a lab is reset to.
public struct VirtualLab: Sendable {
    /// What is raised, as `--help` tells it.
    public var summary: LocalizedText
    /// In the order of their addresses; 1 to 8. Their names are host names: lower-case letters, digits and hyphens.
    public var machines: [MachineID]
    /// Addresses that no machine has for itself, by name; they follow the machines'.
    public var services: [String] = []
    public var image = Image()
    /// A host of its own beside the machines; nil where there is none.
    public var nameServer: NameServer?
    /// What is put into a machine before it boots, beside its name, addresses, keys and network.
    ///
    /// The last argument are 256 random bytes that a student's machines have in common, others whenever they are
    /// raised anew.
    public var files: @Sendable (Plan, MachineID, [UInt8]) -> [File] = { _, _, _ in [] }
    /// Nil where a lab is ready once its machines have booted.
    public var readiness: Readiness?
    /// What situations, faults and variations have in their environment beside `STUDENT`, the addresses of machines and
    /// services under their names in capitals, and with a name server `DNS`, `ZONE` and `ZONE_FILE`.
    public var environment: @Sendable (Plan) -> [String: String] = { _ in [:] }
    /// Shell functions that these scripts can call.
    public var functions = ""
    /// What the roster says of a student beside the machines' addresses: lines of YAML, one for each key.
    public var roster: @Sendable (Plan) -> [String] = { _ in [] }

    public init(summary: LocalizedText, machines: [MachineID]) {
        self.summary = summary
        self.machines = machines
    }

    /// What the machines have in common: the root file system, built once for each release.
    public struct Image: Sendable, Hashable {
        /// Debian packages, beside those that every machine has.
        public var packages: [String] = []
        /// Folders that are missing in the packages.
        public var folders: [String] = []
        /// Files of the packages that must not be there.
        public var removed: [String] = []
        /// Shell, run as root in the new tree with `sh -eu`.
        public var setup = ""
        /// systemd's units that are started at boot.
        public var units: [String] = []

        public init() {}
    }

    /// A name server that is the student's own and outlives his machines. It knows them by their names.
    public struct NameServer: Sendable {
        /// Where its zone's file lies.
        public var zoneFile: String
        /// Further records of the student's zone (RFC 1035, section 5), one a line.
        public var records: @Sendable (Plan) -> [String]

        public init(zoneFile: String, records: @escaping @Sendable (Plan) -> [String] = { _ in [] }) {
            self.zoneFile = zoneFile
            self.records = records
        }
    }

    /// What has to hold once all machines have booted.
    public struct Readiness: Sendable {
        /// Shell that succeeds on a machine as soon as it is ready. It is tried every half second, on one after another.
        public var script: String
        public var timeLimit: Duration
        /// For the progress: `the cluster has formed`.
        public var sentence: LocalizedText
        /// The start of the sentence for a student's lab that did not get ready in time.
        public var complaint: @Sendable (Plan) -> LocalizedText
        /// The command with which to see why.
        public var look: String

        public init(
            script: String, timeLimit: Duration, sentence: LocalizedText,
            complaint: @escaping @Sendable (Plan) -> LocalizedText, look: String
        ) {
            self.script = script
            self.timeLimit = timeLimit
            self.sentence = sentence
            self.complaint = complaint
            self.look = look
        }
    }

    /// A file that goes into a machine before it boots.
    public struct File: Sendable, Hashable {
        /// Absolute path in the machine.
        public var path: String
        /// Permissions, as chmod(1) takes them.
        public var mode: Int
        public var contents: [UInt8]

        public init(_ path: String, mode: Int = 0o644, _ contents: [UInt8]) {
            self.path = path
            self.mode = mode
            self.contents = contents
        }

        public init(_ path: String, mode: Int = 0o644, _ text: String) {
            self.init(path, mode: mode, Array(text.utf8))
        }
    }
}

extension VirtualLab {
    /// Who has which address and name in one student's lab.
    public struct Plan: Sendable, Hashable {
        /// The student's id, `etu1`.
        public var student: String
        /// Of the student's network.
        public var prefixLength: Int
        /// The name server's zone, and the machines' domain.
        public var zone: String
        /// IPv4 addresses.
        public var machines: [MachineID: String]
        public var services: [String: String]
        public var nameServer: String?

        public init(
            student: String, prefixLength: Int, zone: String, machines: [MachineID: String],
            services: [String: String], nameServer: String?
        ) {
            self.student = student
            self.prefixLength = prefixLength
            self.zone = zone
            self.machines = machines
            self.services = services
            self.nameServer = nameServer
        }

        /// A machine's own address.
        public subscript(machine: MachineID) -> String {
            guard let address = machines[machine] else {
                preconditionFailure("no machine \(machine) in this lab")
            }
            return address
        }

        /// The address of a named service.
        public subscript(service name: String) -> String {
            guard let address = services[name] else { preconditionFailure("no service \(name) in this lab") }
            return address
        }
    }
}
