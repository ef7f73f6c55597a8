import GraderCore

/// The names that a declared lab's machines take, which no service can have.
struct LabNames {
    var machines: [MachineID]
    var hasNameServer: Bool

    /// Of variables, places and the roster.
    var taken: [String] {
        machines.map(\.rawValue) + [
            "dns", "nameServer", "student", "zone", "zone-file", "prefix", "machine", "secret",
        ]
    }

    /// As the scripts' environment has it.
    static func variable(_ name: String) -> String { name.uppercased().replacing("-", with: "_") }
}

/// What `{…}` stands for in a declared lab.
struct LabVariables: Sendable {
    /// Everywhere in the file.
    let known: [String]
    /// The names that the scripts' environment has already.
    let environment: [String]
    private let machines: [MachineID]
    private let services: [String]

    /// Those of `files` beside.
    static let ofFiles = ["machine", "secret"]

    init(names: LabNames, services: [String]) {
        machines = names.machines
        self.services = services
        known =
            ["student", "zone", "prefix"] + machines.map { "\($0).address" } + services
            + (names.hasNameServer ? ["nameServer"] : [])
        environment =
            ["PATH", "HOME", "IFS", "STUDENT"] + (machines.map(\.rawValue) + services).map(LabNames.variable)
            + (names.hasNameServer ? ["DNS", "ZONE", "ZONE_FILE"] : [])
    }

    /// One that can stand in an example.
    var example: String { machines.first.map { "\($0).address" } ?? "student" }

    /// The text with a student's own names and addresses.
    /// - Parameters:
    ///   - machine: in a file, the one that it goes into.
    ///   - secret: in a file, what the student's machines have in common.
    func fill(
        _ template: Template, _ plan: VirtualLab.Plan, on machine: MachineID? = nil, secret: [UInt8] = []
    ) -> String {
        let filled = try? template.filled { name in
            switch name {
            case "student": plan.student
            case "zone": plan.zone
            case "prefix": String(plan.prefixLength)
            case "nameServer": plan.nameServer
            case "machine": machine?.rawValue
            case "secret": Self.hexadecimal(secret)
            default:
                plan.services[name]
                    ?? machines.first { "\($0).address" == name }.flatMap { plan.machines[$0] }
            }
        }
        // Cannot be: a variable that stands for nothing was a mistake of the file.
        return filled ?? template.written
    }

    private static func hexadecimal(_ bytes: [UInt8]) -> String {
        bytes.map { String($0 >> 4, radix: 16) + String($0 & 15, radix: 16) }.joined()
    }
}

/// The forms that words of a declared lab have.
enum LabWords {
    private static let lowercase = Set("abcdefghijklmnopqrstuvwxyz")
    private static let capitals = Set("ABCDEFGHIJKLMNOPQRSTUVWXYZ")
    private static let digits = Set("0123456789")

    static func isHostName(_ text: String) -> Bool {
        text.first.map(lowercase.contains) == true && text.count <= 20
            && text.allSatisfy(lowercase.union(digits).union("-").contains)
    }

    /// Debian Policy, section 5.6.1.
    static func isPackage(_ text: String) -> Bool {
        text.count >= 2 && text.first.map(lowercase.union(digits).contains) == true
            && text.allSatisfy(lowercase.union(digits).union("+-.").contains)
    }

    /// Absolute, without `..`, of characters that mean nothing to a shell.
    static func isPath(_ text: String) -> Bool {
        text.hasPrefix("/") && text != "/" && !text.split(separator: "/").contains("..")
            && text.allSatisfy(lowercase.union(capitals).union(digits).union("/._+@:-").contains)
    }

    /// systemd.unit(5)
    static func isUnit(_ text: String) -> Bool {
        text.first != "-" && !text.isEmpty
            && text.allSatisfy(lowercase.union(capitals).union(digits).union("._@:-").contains)
    }

    static func isVariable(_ text: String) -> Bool {
        text.first.map(digits.contains) == false
            && text.allSatisfy(capitals.union(digits).union("_").contains)
    }

    /// Three or four octal digits.
    static func mode(_ text: String) -> Int? {
        3...4 ~= text.count && text.allSatisfy(Set("01234567").contains) ? Int(text, radix: 8) : nil
    }

    /// `60s`
    static func seconds(_ text: String) -> Int? {
        guard text.last == "s", let seconds = Int(text.dropLast()),
            text.dropLast().allSatisfy(digits.contains),
            1...600 ~= seconds
        else { return nil }
        return seconds
    }
}
