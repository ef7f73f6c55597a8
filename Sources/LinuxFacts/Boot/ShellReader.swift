import GraderCore

/// Goes through a script's commands in the order in which a shell would, and takes in what they do to addresses.
struct ShellReader {
    /// Whether a command is run.
    enum Certainty: Int {
        case never, open, sure

        /// The same where something else has to be so that cannot be told.
        var weakened: Certainty { self == .never ? .never : .open }
        func and(_ other: Certainty) -> Certainty { rawValue < other.rawValue ? self : other }
        func given(_ isTrue: Bool?) -> Certainty {
            isTrue.map { $0 ? self : .never } ?? weakened
        }
    }

    static let depthLimit = 32
    /// Of a hostile script with loops in loops, or functions that call one another: commands, and with them so many words.
    static let stepLimit = 4_000
    static let wordsOfAStep = 16
    /// Words of a `for` that are gone through one by one.
    private static let wordLimit = 16

    var result = AddressCommands()
    let tokens: [ShellTokens.Token]
    var index = 0
    var variables: [String: String]
    /// Where the bodies begin.
    var functions: [String: Int] = [:]
    /// Until `exit`.
    var flow = Certainty.sure
    var depth: Int
    var steps = 0
    var comparisons = ComparisonBudget()
    /// Whether something was passed over.
    private var isCut: Bool

    init(_ script: ShellTokens, variables: [String: String], depth: Int = 0) {
        tokens = script.tokens
        isCut = !script.isWhole
        self.variables = variables
        self.depth = depth
    }

    mutating func run() {
        while index < tokens.count, steps < Self.stepLimit {
            _ = list(.sure, until: [])
            // A word or bracket that closes nothing.
            index += 1
        }
        if isCut || steps >= Self.stepLimit { result.leaveOpen() }
    }

    // MARK: the words here

    var keyword: String? {
        guard index < tokens.count, case .word(let word) = tokens[index] else { return nil }
        return word.plain
    }

    var separator: String? {
        guard index < tokens.count, case .separator(let text) = tokens[index] else { return nil }
        return text
    }

    mutating func take(_ word: String) -> Bool {
        guard keyword == word || separator == word else { return false }
        index += 1
        return true
    }

    mutating func takeLineEnds() { while separator == ";" { index += 1 } }

    // MARK: lists

    /// - Returns: whether its last command succeeds; nil where that cannot be told.
    private mutating func list(_ certainty: Certainty, until ends: Set<String>) -> Bool? {
        depth += 1
        defer { depth -= 1 }
        var isTrue: Bool?
        while index < tokens.count, steps < Self.stepLimit, depth < Self.depthLimit {
            steps += 1
            if let word = keyword ?? separator, ends.contains(word) { return isTrue }
            switch separator {
            case ";", "&": index += 1
            case ")", ";;", "|", "&&", "||":
                // Nothing here opened it.
                return isTrue
            default: isTrue = chain(certainty)
            }
        }
        if depth >= Self.depthLimit {
            isCut = true
            index = tokens.count
        }
        return isTrue
    }

    /// `a && b || c`.
    private mutating func chain(_ certainty: Certainty) -> Bool? {
        var isTrue = pipeline(certainty)
        while let mark = separator, mark == "&&" || mark == "||", steps < Self.stepLimit {
            index += 1
            takeLineEnds()
            let runs = isTrue.map { $0 == (mark == "&&") }
            let next = pipeline(certainty.given(runs))
            switch runs {
            case true?: isTrue = next
            case false?: break
            // Both ways to the same end.
            case nil: isTrue = next == (mark == "||") ? next : nil
            }
        }
        return isTrue
    }

    private mutating func pipeline(_ certainty: Certainty) -> Bool? {
        let isNegated = take("!")
        var isTrue = command(certainty)
        while take("|") {
            takeLineEnds()
            _ = command(certainty)
            isTrue = nil
        }
        return isNegated ? isTrue.map(!) : isTrue
    }

    mutating func command(_ certainty: Certainty) -> Bool? {
        // A function whose body is a call of itself opens no list.
        depth += 1
        defer { depth -= 1 }
        guard depth < Self.depthLimit, steps < Self.stepLimit else {
            isCut = true
            index = tokens.count
            return nil
        }
        steps += 1
        switch keyword {
        case "if": return condition(certainty)
        case "while", "until": return loop(certainty)
        case "for": return forEach(certainty)
        case "case": return choice(certainty)
        case "{":
            index += 1
            let isTrue = list(certainty, until: ["}"])
            _ = take("}")
            return isTrue
        default: break
        }
        guard separator == "(" else { return simple(certainty) }
        index += 1
        // What leaves a subshell leaves nothing else.
        let outer = (flow, variables)
        let isTrue = list(certainty, until: [")"])
        (flow, variables) = outer
        _ = take(")")
        return isTrue
    }

    private mutating func condition(_ certainty: Certainty) -> Bool? {
        var rest = certainty
        while take("if") || take("elif") {
            let isTrue = list(rest, until: ["then", "fi"])
            _ = take("then")
            _ = list(rest.given(isTrue), until: ["elif", "else", "fi"])
            rest = rest.given(isTrue.map(!))
        }
        if take("else") { _ = list(rest, until: ["fi"]) }
        _ = take("fi")
        return nil
    }

    private mutating func loop(_ certainty: Certainty) -> Bool? {
        index += 1
        _ = list(certainty, until: ["do", "done"])
        _ = take("do")
        _ = list(certainty.weakened, until: ["done"])
        _ = take("done")
        return nil
    }

    private mutating func forEach(_ certainty: Certainty) -> Bool? {
        index += 1
        let name = keyword
        index += 1
        var words: [String?] = []
        let isNamed = take("in")
        while index < tokens.count, case .word(let word) = tokens[index] {
            words.append(text(of: word))
            index += 1
        }
        steps += words.count / Self.wordsOfAStep
        takeLineEnds()
        _ = take("do")
        let start = index
        let isKnown = isNamed && !words.contains(nil) && (1...Self.wordLimit).contains(words.count)
        for word in isKnown ? words : [nil] {
            index = start
            if let name { variables[name] = word }
            _ = list(isKnown ? certainty : certainty.weakened, until: ["done"])
            guard steps < Self.stepLimit else { break }
        }
        _ = take("done")
        return nil
    }

    private mutating func choice(_ certainty: Certainty) -> Bool? {
        index += 1
        var subject: String?
        if index < tokens.count, case .word(let word) = tokens[index] { subject = text(of: word) }
        index += 1
        takeLineEnds()
        _ = take("in")
        var rest = certainty
        while index < tokens.count, steps < Self.stepLimit {
            takeLineEnds()
            if take("esac") { break }
            steps += 1
            _ = take("(")
            var patterns: [String?] = []
            while index < tokens.count, case .word(let word) = tokens[index] {
                patterns.append(text(of: word))
                index += 1
                _ = take("|")
            }
            steps += patterns.count / Self.wordsOfAStep
            guard take(")") else { break }
            let isTrue = subject.flatMap { matches($0, patterns) }
            _ = list(rest.given(isTrue), until: [";;", "esac"])
            rest = rest.given(isTrue.map(!))
            _ = take(";;")
        }
        return nil
    }

    /// nil where it cannot be told.
    private mutating func matches(_ subject: String, _ patterns: [String?]) -> Bool? {
        for case let pattern? in patterns where comparisons.spend(pattern.utf8.count) {
            if ShellPattern(pattern).matches(subject, &comparisons) { return true }
        }
        return patterns.contains(nil) || comparisons.isSpent ? nil : false
    }
}
