import GraderCore

/// The addresses that shell commands give interfaces: an `up` line of interfaces(5), rc.local, the scripts of
/// `if-up.d`. Nothing is run; what cannot be told without running it (a file that may be there, an answer of another
/// command) is said to be open.
public struct AddressCommands: Sendable, Equatable {
    /// Given whatever happens, unless a command fails, in the order of the script.
    public private(set) var given: [Given] = []
    /// The same, to be looked up.
    private var known: Set<Given> = []
    /// Given in some cases only.
    public internal(set) var isOpen: Set<IPAddress> = []
    /// Whether a command may give an address that could not be told.
    public internal(set) var isAnyOpen = false

    /// One address.
    public struct Given: Sendable, Hashable {
        public var address: IPAddress
        /// The label, or else the device; nil where that is not known.
        public var device: String?
    }

    /// Reads the text of a script, or of one command. Never fails.
    /// - Parameter variables: what it finds set, such as ifup's `IFACE`.
    public static func read(_ script: String, variables: [String: String] = [:]) -> AddressCommands {
        var budget = ShellBudget()
        return read(script, variables: variables, &budget)
    }

    /// The same for one of several that share a budget; when it is spent, any address may be given.
    static func read(
        _ script: String, variables: [String: String] = [:], _ budget: inout ShellBudget
    ) -> AddressCommands {
        var reader = ShellReader(ShellTokens(script), variables: variables)
        let start = max(0, ShellReader.stepLimit - budget.steps)
        (reader.steps, reader.comparisons) = (start, budget.comparisons)
        reader.run()
        budget.steps -= reader.steps - start + 1
        budget.comparisons = reader.comparisons
        return reader.result
    }

    mutating func add(_ other: AddressCommands) {
        other.given.forEach { give($0) }
        isOpen.formUnion(other.isOpen)
        isAnyOpen = isAnyOpen || other.isAnyOpen
    }

    private mutating func give(_ entry: Given) {
        if known.insert(entry).inserted { given.append(entry) }
    }

    /// - Returns: whether it had been given.
    private mutating func withdraw(_ address: IPAddress) -> Bool {
        let count = given.count
        given.removeAll { $0.address == address }
        guard given.count < count else { return false }
        known = Set(given)
        return true
    }

    /// What follows is not read: it may give any address, and take back any that was given.
    mutating func leaveOpen() {
        isOpen.formUnion(given.map(\.address))
        isAnyOpen = true
        (given, known) = ([], [])
    }

    /// Takes one command in whose words are known, or nil.
    /// - Parameter isSure: whether it is run in any case.
    /// - Returns: false where it does nothing to addresses.
    mutating func take(_ words: [String?], isSure: Bool) -> Bool {
        guard let name = words.first ?? nil,
            let change = AddressChange(name.lastPathComponent, words.dropFirst())
        else { return false }
        guard let address = change.address else {
            isAnyOpen = isAnyOpen || change.isAdded
            return true
        }
        switch (change.isAdded, isSure) {
        case (true, true):
            give(Given(address: address, device: change.device))
        case (true, false): isOpen.insert(address)
        case (false, true):
            _ = withdraw(address)
            isOpen.remove(address)
        case (false, false):
            if withdraw(address) { isOpen.insert(address) }
        }
        return true
    }
}

/// What one `ip address` or `ifconfig` command does.
private struct AddressChange {
    var isAdded: Bool
    /// nil where it is not known.
    var address: IPAddress?
    var device: String?

    init?(_ name: String, _ arguments: ArraySlice<String?>) {
        switch name {
        case "ip": self.init(ip: Array(arguments))
        case "ifconfig": self.init(ifconfig: Array(arguments))
        default: return nil
        }
    }

    /// ip-address(8): `ip addr add 172.16.0.12/24 brd + dev eth0 label eth0:VIP`. Any beginning of its words will do.
    private init?(ip arguments: [String?]) {
        var rest = arguments[...]
        while let option = rest.first ?? nil, option.hasPrefix("-") {
            // Another network's namespace, and a file of commands.
            guard !["-n", "-netns", "-b", "-batch"].contains(option) else { return nil }
            rest = rest.dropFirst(
                ["-f", "-family", "-l", "-loops", "-rc", "-rcvbuf"].contains(option) ? 2 : 1)
        }
        guard let object = rest.popFirst() ?? nil, object.isBeginning(of: "address"),
            let verb = rest.popFirst() ?? nil
        else { return nil }
        if ["add", "change", "replace"].contains(where: { verb.isBeginning(of: $0) }) || verb == "chg" {
            isAdded = true
        } else if verb.isBeginning(of: "delete") {
            isAdded = false
        } else {
            return nil
        }
        var isFound = false
        while let word = rest.popFirst() {
            switch word {
            case "dev", "label":
                let name = rest.popFirst() ?? nil
                if word == "label" || device == nil { device = name }
            case "broadcast", "brd", "peer", "remote", "anycast", "scope", "metric", "valid_lft",
                "preferred_lft", "proto":
                rest = rest.dropFirst()
            case "local": continue
            default:
                guard !isFound else { continue }
                guard let word else {
                    isFound = true
                    continue
                }
                address = IPAddress(withPrefix: word)
                isFound = address != nil
            }
        }
        guard isFound else { return nil }
    }

    /// ifconfig(8): `ifconfig eth0:0 172.16.0.12 netmask 255.255.255.0 up`, `ifconfig eth0 add 172.16.0.12`.
    private init?(ifconfig arguments: [String?]) {
        let words = arguments.filter { !($0?.hasPrefix("-") ?? false) }
        guard words.count > 1 else { return nil }
        device = words[0]
        isAdded = true
        var rest = words.dropFirst()
        while let word = rest.popFirst() {
            switch word {
            case "inet", "inet6", "up": continue
            case "add", "del":
                isAdded = word == "add"
                guard let given = rest.popFirst() else { return nil }
                address = given.flatMap { IPAddress(withPrefix: $0) }
                guard given == nil || address != nil else { return nil }
                return
            case .none: return
            case .some(let text):
                // What follows the address are the mask and its like.
                guard let own = IPAddress(withPrefix: text) else { return nil }
                address = own
                return
            }
        }
        return nil
    }
}

extension IPAddress {
    /// `172.16.0.12`, `172.16.0.12/24`.
    public init?(withPrefix text: some StringProtocol) {
        let parts = text.split(separator: "/", maxSplits: 1)
        guard let own = parts.first else { return nil }
        self.init(parsing: own)
    }
}

extension String {
    var lastPathComponent: String { split(separator: "/").last.map(String.init) ?? self }

    fileprivate func isBeginning(of word: String) -> Bool { !isEmpty && word.hasPrefix(self) }
}
