extension GeneratedCluster {
    /// What makes a cluster from a seed. SplitMix64 (Steele, Lea, Flood 2014): the same on every machine.
    struct Randomness: RandomNumberGenerator {
        var state: UInt64

        /// Neighbouring seeds begin far from one another.
        init(seed: Int) { state = Self.mixed(UInt64(truncatingIfNeeded: seed)) }

        mutating func next() -> UInt64 {
            state &+= 0x9E37_79B9_7F4A_7C15
            return Self.mixed(state)
        }

        private static func mixed(_ state: UInt64) -> UInt64 {
            var mixed = state
            mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
            mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
            return mixed ^ (mixed >> 31)
        }

        mutating func pick<Element>(_ from: [Element]) -> Element {
            from[Int.random(in: from.indices, using: &self)]
        }
        mutating func chance(_ percent: Int) -> Bool { Int.random(in: 0..<100, using: &self) < percent }
        mutating func many(_ most: Int) -> Range<Int> { 0..<Int.random(in: 0...most, using: &self) }
    }

    init(shape: Shape) { self.shape = shape }

    init(seed: Int) {
        var random = Randomness(seed: seed)
        shape = random.pick(Shape.allCases)
        if random.chance(20) { option("symmetric-cluster", "false") }
        if random.chance(5) { option("maintenance-mode", "true") }
        if random.chance(20) {
            add(.resourceDefault, "resource-stickiness", random.pick(["1", "100", "INFINITY"]))
        }
        for place in [Place.metaOfGroup, .metaOfA, .metaOfW] where random.chance(25) {
            add(place, "migration-threshold", random.pick(["1", "3", "5", "INFINITY", "0"]))
        }
        if random.chance(15) { add(.resourceDefault, "migration-threshold", random.pick(["2", "7"])) }
        if random.chance(5) { add(.metaOfA, "is-managed", "false") }
        if random.chance(5) { add(.metaOfW, "target-role", "Stopped") }
        if random.chance(10) { add(.metaOfW, "resource-stickiness", random.pick(["-1", "50", "INFINITY"])) }
        for number in [1, 2] {
            if random.chance(30) {
                permanent[number, default: []].append(("role", random.pick(["main", "Main", "spare"])))
            }
            if random.chance(8) { permanent[number, default: []].append(("standby", "on")) }
            if random.chance(30) {
                permanent[number, default: []].append(("weight", random.pick(["10", "-5", "x"])))
            }
            if random.chance(50) {
                transient[number, default: []].append(("pingd", random.pick(["0", "1000", "2000"])))
            }
            if random.chance(8) { transient[number, default: []].append(("standby", "on")) }
        }
        if random.chance(15), shape != .alone {
            parts.append(Part(place: .tag, xml: "<tag id=\"T\"><obj_ref id=\"A\"/><obj_ref id=\"W\"/></tag>"))
        }
        for number in random.many(4) { location(number, &random) }
        if resources.count > 1 {
            for number in random.many(group == nil ? 3 : 1) { colocation(number, &random) }
            for number in random.many(2) { order(number, &random) }
        }
    }

    private mutating func option(_ name: String, _ value: String) { add(.option, name, value) }

    private mutating func add(_ place: Place, _ name: String, _ value: String) {
        parts.append(
            Part(place: place, xml: "<nvpair id=\"\(place)-\(name)\" name=\"\(name)\" value=\"\(value)\"/>"))
    }

    private static let scores = [
        "INFINITY", "INFINITY", "-INFINITY", "100", "50", "0", "1", "-1", "-100", "1000", "-1000", "-50",
    ]

    private mutating func location(_ number: Int, _ random: inout Randomness) {
        let hasTag = parts.contains { $0.place == .tag }
        var targets = resources.map { "rsc=\"\($0)\"" } + ["rsc=\"A\""]
        if let group { targets += ["rsc=\"\(group)\"", "rsc=\"\(group)\""] }
        if hasTag { targets.append("rsc=\"T\"") }
        targets += ["rsc-pattern=\"\(random.pick(["^A$", "!^W", "A|W", "[AG]", "^.{1}$", "D"]))\""]
        let target = random.pick(targets)
        let score = random.pick(Self.scores)
        let node = random.pick(["serv1", "serv2", "SERV1"])
        let discovery =
            random.chance(10)
            ? " resource-discovery=\"\(random.pick(["exclusive", "never", "always"]))\"" : ""
        let id = "l\(number)"
        var xml = "<rsc_location id=\"\(id)\" \(target)\(discovery)"
        if random.chance(65) {
            xml += " score=\"\(score)\" node=\"\(node)\"/>"
        } else if random.chance(20), resources.count > 1 {
            let set =
                group == nil ? "<resource_ref id=\"A\"/><resource_ref id=\"W\"/>" : "<resource_ref id=\"G\"/>"
            xml = """
                <rsc_location id="\(id)" score="\(score)" node="\(node)"\(discovery)><resource_set id="\(id)-s">\(set)\
                </resource_set></rsc_location>
                """
        } else {
            let expressions = (0...Int.random(in: 0...1, using: &random)).map { expression(id, $0, &random) }
            let value = random.chance(15) ? "score-attribute=\"weight\"" : "score=\"\(score)\""
            let joined = random.chance(50) ? " boolean-op=\"\(random.pick(["or", "and"]))\"" : ""
            xml += "><rule id=\"\(id)-r\" \(value)\(joined)>\(expressions.joined())</rule></rsc_location>"
        }
        parts.append(Part(place: .constraint, xml: xml))
    }

    private func expression(_ id: String, _ number: Int, _ random: inout Randomness) -> String {
        let id = "\(id)-e\(number)"
        switch random.pick([0, 0, 1, 1, 2, 3, 4]) {
        case 0:
            let operation = random.pick(["eq", "ne"])
            return
                "<expression id=\"\(id)\" attribute=\"#uname\" operation=\"\(operation)\" value=\"\(random.pick(["serv1", "serv2"]))\"/>"
        case 1:
            let operation = random.pick(["lt", "lte", "gt", "gte", "eq", "ne"])
            return
                "<expression id=\"\(id)\" attribute=\"pingd\" operation=\"\(operation)\" value=\"\(random.pick(["0", "1000", "500"]))\"/>"
        case 2:
            let operation = random.pick(["defined", "not_defined"])
            return
                "<expression id=\"\(id)\" attribute=\"\(random.pick(["pingd", "role"]))\" operation=\"\(operation)\"/>"
        case 3:
            let operation = random.pick(["gt", "lt"])
            let bound = operation == "gt" ? "start" : "end"
            return
                "<date_expression id=\"\(id)\" operation=\"\(operation)\" \(bound)=\"\(random.pick(["2001-01-01", "2099-12-31"]))\"/>"
        default:
            return
                "<expression id=\"\(id)\" attribute=\"role\" operation=\"eq\" value=\"\(random.pick(["main", "spare"]))\"/>"
        }
    }

    private mutating func colocation(_ number: Int, _ random: inout Randomness) {
        let pair = resources.shuffled(using: &random)
        let score = random.pick(["INFINITY", "INFINITY", "INFINITY", "-INFINITY", "100", "-100", "1000"])
        // Those that contradict one another, or the group, have no meaning: what the scheduler makes of them is chance.
        if group != nil, score.hasPrefix("-") { return }
        guard
            !parts.contains(where: {
                $0.xml.contains("<rsc_colocation") && $0.xml.contains("score=\"-") != score.hasPrefix("-")
            })
        else { return }
        if random.chance(15) {
            let order = resources.shuffled(using: &random).map { "<resource_ref id=\"\($0)\"/>" }.joined()
            return parts.append(
                Part(
                    place: .constraint,
                    xml:
                        "<rsc_colocation id=\"c\(number)\" score=\"\(score)\"><resource_set id=\"c\(number)-s\">\(order)</resource_set></rsc_colocation>"
                ))
        }
        parts.append(
            Part(
                place: .constraint,
                xml:
                    "<rsc_colocation id=\"c\(number)\" score=\"\(score)\" rsc=\"\(pair[0])\" with-rsc=\"\(pair[1])\"/>"
            ))
    }

    private mutating func order(_ number: Int, _ random: inout Randomness) {
        let pair = resources.shuffled(using: &random)
        let kind = random.pick(["Mandatory", "Optional", "Serialize"])
        parts.append(
            Part(
                place: .constraint,
                xml:
                    "<rsc_order id=\"o\(number)\" kind=\"\(kind)\" first=\"\(pair[0])\" then=\"\(pair[1])\"/>"
            ))
    }
}
