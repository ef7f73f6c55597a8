import GraderCore
import InputFiles

/// Reads one declared check, or tells that an entry is none: what declares one is that it says what to look at.
struct CheckReader {
    let machines: [MachineID]
    /// The variables that may stand in it.
    let known: [String]
    let folder: String
    let mistakes: InputMistakes

    /// A check with the places of the checks that it needs, which may stand further down.
    struct Draft {
        var check: DeclaredCheck
        var needs: [(id: CheckID, position: InputPosition)] = []
    }

    /// What a declared check is made of beside its points.
    static let keys =
        Look.Kind.keys + LookReader.optionKeys + [
            "title", "why", "hint", "seeYourself", "needs", "on", "credit", "expect", "expected",
        ]
    /// What a rubric says of any check.
    static let rubricKeys = ["points", "by", "title", "answer", "show", "until"]

    /// A look that is misspelt is told by what stands beside it.
    static func declares(_ entry: InputEntry) -> Bool {
        guard case .mapping(let inner) = entry.value.content else { return false }
        return inner.contains { keys.contains($0.key) && !rubricKeys.contains($0.key) }
    }

    /// Always a check, so that its id is known; what is wrong with it is noted.
    func read(_ entry: InputEntry) -> Draft {
        let id = CheckID(entry.key)
        let keys = Self.keys + Self.rubricKeys.filter { !Self.keys.contains($0) }
        guard let reader = mistakes.mapping(entry.value, .key(id.rawValue), keys: keys) else {
            return Draft(check: standIn(id))
        }
        var definition = CheckDefinition(
            id, title: localized("title", reader, isRequired: true, of: id),
            why: localized("why", reader, of: id))
        if reader.node("hint") != nil { definition.hint = localized("hint", reader, of: id) }
        let looks = reader.all.filter { Look.Kind.keys.contains($0.key) }
        guard let first = looks.first else {
            mistakes.add(
                entry.keyPosition, LocalizedText(fr: "\(id) ne regarde rien", en: "\(id) looks at nothing"),
                expected: LocalizedText(verbatim: Look.Kind.keys.joined(separator: ", ")))
            return Draft(check: standIn(id))
        }
        for other in looks.dropFirst() {
            mistakes.add(
                other.keyPosition,
                LocalizedText(
                    fr: "\(id) regarde déjà \(first.key)", en: "\(id) looks at \(first.key) already"),
                expected: LocalizedText(
                    fr: "une seule chose à regarder par contrôle", en: "one thing to look at in each check"))
        }
        var draft = Draft(check: standIn(id))
        draft.needs = needs(reader)
        let look = LookReader(known: known, folder: folder, mistakes: mistakes).read(first, reader)
        draft.check.definition = definition
        draft.check.definition.requires = draft.needs.map(\.id)
        place(reader, &draft.check)
        draft.check.credit = reader.choice("credit") ?? .whole
        if reader.node("expected") != nil {
            draft.check.expectedWords = localized("expected", reader, of: id)
        }
        guard var look else { return draft }
        read(expectationOf: &look, reader, &draft.check)
        let command = reader.node("seeYourself").map {
            reader.template(
                $0, .key("seeYourself"), expected: LocalizedText(fr: "une commande", en: "a command"),
                known: known)
        }
        draft.check.seeYourself = command ?? look.seeYourself
        draft.check.definition.seeYourself = draft.check.seeYourself?.written
        draft.check.look = look
        return draft
    }

    private func standIn(_ id: CheckID) -> DeclaredCheck {
        let title = LocalizedText(verbatim: id.rawValue)
        return DeclaredCheck(
            definition: CheckDefinition(id, title: title, why: title), look: Look(kind: .address),
            machines: machines)
    }

    private func read(expectationOf look: inout Look, _ reader: MappingReader, _ check: inout DeclaredCheck) {
        let node = reader.entry("expect")
        if case .script = look.kind {
            if let node {
                mistakes.add(
                    node.keyPosition,
                    LocalizedText(
                        fr: "un script dit lui-même si c'est juste",
                        en: "a script says itself whether it is right"),
                    expected: LocalizedText(
                        fr: "pas de expect à côté de script", en: "no expect beside script"))
            }
            return
        }
        if node == nil, look.kind.usual == nil {
            let facts = look.kind.facts.map(\.name).joined(separator: ", ")
            mistakes.add(
                reader.position,
                LocalizedText(
                    fr: "\(check.definition.id) n'attend rien", en: "\(check.definition.id) expects nothing"),
                expected: LocalizedText(fr: "expect: avec \(facts)", en: "expect: with \(facts)"),
                about: "expect")
        }
        let read = ExpectationReader(kind: look.kind, known: known, mistakes: mistakes).read(node?.value)
        let (expectation, across) = (read.expectation, read.across)
        check.expectation = expectation
        check.across = across
        if let across, let node {
            if check.isAnyEnough {
                mistakes.add(
                    node.keyPosition,
                    LocalizedText(
                        fr: "des machines sont comparées, dont une seule suffit",
                        en: "machines are compared, of which any is enough"),
                    expected: LocalizedText(
                        fr: "on: avec les machines à comparer", en: "on: with the machines that are compared")
                )
            }
            if check.machines.count < 2 {
                mistakes.add(
                    node.keyPosition,
                    LocalizedText(
                        fr: "il n'y a rien à comparer sur une seule machine",
                        en: "there is nothing to compare on one machine"),
                    expected: LocalizedText(fr: "on: avec deux machines ou plus", en: "on: with two or more"))
            }
            // Files are compared by digests that are made on the machines: a key never leaves them.
            if across.fact.name == "content" {
                check.across?.fact = Fact("digest", .text, across.fact.words)
                look.wantsDigest = true
            }
        }
        look.wantsContent = expectation.map { $0.asks(of: "content") } ?? false
    }

    /// `on:` and what it may be: a machine, several, `all`, or `any`.
    private func place(_ reader: MappingReader, _ check: inout DeclaredCheck) {
        guard let node = reader.node("on") else { return }
        let names = machines.map(\.rawValue)
        if case .scalar("any", false) = node.content { check.isAnyEnough = true }
        if case .scalar(let text, false) = node.content, ["any", "all"].contains(text) { return }
        var place = node
        if case .mapping = node.content {
            guard let inner = mistakes.mapping(node, .key("on"), keys: ["any"]), let any = inner.node("any")
            else {
                return
            }
            check.isAnyEnough = true
            place = any
        }
        let expected = LocalizedText(verbatim: (names + ["all", "any"]).joined(separator: ", "))
        let chosen = reader.list(place, .key("on"), expected: expected) { item in
            reader.value(item, .key("on"), expected: expected) { names.contains($0) ? MachineID($0) : nil }
        }
        guard let chosen else { return }
        check.machines = chosen
        if Set(chosen).count < chosen.count {
            mistakes.add(
                place.position,
                LocalizedText(fr: "une machine est deux fois dans on", en: "a machine stands twice in on"),
                expected: LocalizedText(fr: "chaque machine une seule fois", en: "each machine once"))
        }
    }

    private func needs(_ reader: MappingReader) -> [(id: CheckID, position: InputPosition)] {
        guard let node = reader.node("needs") else { return [] }
        return reader.list(
            node, .key("needs"),
            expected: LocalizedText(
                fr: "des noms de contrôles tels que Q1.installed", en: "ids of checks such as Q1.installed")
        ) { item in
            reader.text(
                item, .key("needs"),
                expected: LocalizedText(fr: "le nom d'un contrôle", en: "the id of a check")
            ).map { (CheckID($0), item.position) }
        } ?? []
    }

    private func localized(
        _ name: String, _ reader: MappingReader, isRequired: Bool = false, of check: CheckID
    ) -> LocalizedText {
        let node =
            isRequired
            ? reader.required(name, of: .key(check.rawValue), expected: DeclaredText.form) : reader.node(name)
        return node.flatMap { DeclaredText.read($0, name, reader) } ?? LocalizedText(verbatim: "")
    }
}

extension Expectation {
    fileprivate func asks(of name: String) -> Bool {
        switch self {
        case .fact(let fact, _): fact.name == name
        case .all(let parts), .any(let parts): parts.contains { $0.asks(of: name) }
        case .not(let inner), .implied(let inner): inner.asks(of: name)
        default: false
        }
    }
}

extension Look {
    /// With which command one sees it oneself; nil where there is none that everybody has.
    var seeYourself: Template? {
        switch kind {
        case .run(let words):
            Template(
                words.map { $0.variables.isEmpty ? ShellWord.quoted($0.written) : $0.written }.joined(
                    separator: " "))
        case .shell(let text): text
        case .file(let path, _): Template("\(wantsContent ? "cat" : "ls -l") \(path.written)")
        case .service(let unit): Template("systemctl status \(unit.written)")
        case .package(let name): Template("dpkg -l \(name.written)")
        case .listen(let port, let isUDP): Template("ss -\(isUDP ? "lunp" : "ltnp") 'sport = :\(port)'")
        case .port(let port, let address):
            Template("nc -vz \(address?.written ?? "{machine.address}") \(port)")
        case .dns(let name, let type, let server):
            Template("dig @\(server.written) \(name.written) \(type.rawValue)")
        case .user(let name): Template("id \(name.written)")
        case .mount(let path): Template("findmnt \(path.written)")
        case .address: Template("ip addr")
        case .http(let url, nil): Template("curl -i \(url.written)")
        case .script, .http: nil
        }
    }
}
