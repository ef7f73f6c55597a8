#if BOARD
    import ArgumentParser
    import Board
    import ClassRun
    import Exercises
    import Foundation
    import GraderCore
    import NIOCore
    import NetworkProbes
    import Reports

    extension BoardCommand {
        func open() async throws {
            let roster = try rosterArgument.read()
            let grader = try options.grader(roster.exercise)
            let (settings, plan) = (try settings(roster), try plan(roster, grader.exercise))
            let reports = ReportsFolder(options.reports)
            let folder = try reports.board(of: roster.className)
            let console = Console()
            reports.tellOfUnfinished(roster.className)
            if !newCode.isEmpty { return try renew(roster, folder, console) }
            let codes = try folder.codes(for: roster.students.map(\.identity.id))
            if cards { return try await writeCards(codes, roster, folder, settings, console) }
            let claim = try await claim(roster.className, reports)
            defer { claim.end() }
            let theme = try pages.pageTheme()
            let secrets = try Composition.secrets(roster.students)
            let jobs = OpenFiles.fitting(jobs, keeping: OpenFiles.visitorsShare)
            let connections = OpenFiles.connections(
                BoardServer.connections(students: roster.students.count), beside: jobs)
            let (_, wasInterrupted) = try await Composition.working(threads: 2) { group in
                let classGrader = ClassGrader(
                    roster, collector: grader.collector, grader: grader, reports: reports,
                    transports: .ssh(group, secrets, of: roster), theme: theme, jobs: jobs)
                let lesson = try Lesson(classGrader, plan: plan)
                let desk = try GradingServer(of: roster.className, in: reports) { request, onEvent in
                    try await lesson.grade(request.order(for: classGrader), onEvent: onEvent)
                }
                let server = try BoardServer(
                    Board(lesson, settings: settings) { [rubric = options.rubric] in
                        try AnswerComparison.of($0, rubric: rubric)
                    }, connections: connections)
                // Goes with the scope; its own end ends nothing.
                async let _: Void = tell(lesson, console)
                try await withThrowingTaskGroup(of: Void.self) { tasks in
                    tasks.addTask { await lesson.run() }
                    tasks.addTask { await desk.run() }
                    tasks.addTask {
                        try await server.run(group) { port in
                            let base = await BoardLink.base(settings, port: port, names, roster, group)
                            for line in opening(settings, base, codes, in: folder.codesFile) {
                                say(line, "open", console)
                            }
                        }
                    }
                    // None of them ends by itself: the first that does ends the others.
                    defer { tasks.cancelAll() }
                    try await tasks.next()
                }
            }
            say(options.language.pick("Tableau de bord fermé.", "Board closed."), "closed", console)
            if wasInterrupted { throw Exit.interrupted }
        }

        private func claim(_ className: String, _ reports: ReportsFolder) async throws -> FileLock {
            let refusal: LocalizedText
            switch try await reports.claimGrading(of: className) {
            case .granted(let lock): return lock
            case .busy: refusal = GradingClaim.refusal(of: className).sentence
            case .board:
                refusal = LocalizedText(
                    fr:
                        "Le tableau de bord de \(className) est déjà ouvert : s'en servir, ou le fermer d'abord.",
                    en: "The board of \(className) is open already: use that one, or close it first.")
            }
            throw StoreFailure(refusal, .busy)
        }

        private func settings(_ roster: Roster) throws -> BoardSettings {
            guard let (host, port) = address else {
                throw ValidationError(fr: "--listen : \(listen)", en: "--listen: \(listen)")
            }
            var settings = BoardSettings(address: host, port: port, language: roster.language)
            (settings.certificate, settings.key) = (certificate, key)
            settings.names = Set((names + [ProcessInfo.processInfo.hostName]).map { $0.lowercased() })
            settings.theme = try pages.pageTheme()
            return settings
        }

        private func plan(_ roster: Roster, _ exercise: any Exercise) throws -> LessonPlan {
            var plan = LessonPlan()
            plan.interval = every
            plan.until = try RepeatOptions.end(until, of: roster)
            for word in (studentDrills ?? "").split(separator: ",") {
                guard let drill = exercise.drills.first(where: { $0.kind.rawValue == word }) else {
                    throw ValidationError.unknown(
                        "\(word)", in: exercise.drills.map(\.kind.rawValue),
                        fr: "il n'y a pas d'exercice de bascule \(word)", en: "there is no drill \(word)")
                }
                plan.studentDrills.insert(drill.kind)
            }
            return plan
        }

        /// Where to go, who can get there, and what can be read on the way.
        private func opening(
            _ settings: BoardSettings, _ base: String, _ codes: AccessCodes, in codesFile: String
        ) -> [String] {
            // The link opens everything: a log, a journal or a pipe keeps what is printed to it.
            let page =
                StandardOutput.isTerminal && !options.json
                ? options.language.pick(
                    "Page de l'enseignant : \(BoardLink.link(base, codes.teacher))",
                    "Your page: \(BoardLink.link(base, codes.teacher))")
                : options.language.pick(
                    "Page de l'enseignant : \(base) (son code : « teacher » dans \(codesFile))",
                    "Your page: \(base) (its code: “teacher” in \(codesFile))")
            var lines = [
                options.language.pick("Tableau de bord ouvert. \(page)", "Board open. \(page)")
            ]
            if !settings.isLoopback {
                lines.append(
                    options.language.pick(
                        "Toute machine du réseau qui peut joindre celle-ci peut ouvrir cette page ; seul un code y laisse entrer.",
                        "Every machine of the network that can reach this one can open this page; only a code lets in."
                    ))
                if !settings.isSecure {
                    lines.append(
                        options.language.pick(
                            "Sans TLS (--certificate, --key), les codes, les comptes rendus et les réponses se lisent sur le réseau ; aucun mot de passe n'y passe.",
                            "Without TLS (--certificate, --key) codes, reports and answers can be read on the network; no password crosses it."
                        ))
                }
            }
            lines.append(
                options.language.pick(
                    "Les cartes des étudiants : \(cardsCommand) ; Ctrl-C pour fermer.",
                    "The students' cards: \(cardsCommand); Ctrl-C to close."))
            return lines
        }

        /// With the options that the links hang on.
        private var cardsCommand: String {
            let own =
                (listen == Self.usualAddress ? [] : ["--listen", listen]) + names.flatMap { ["--name", $0] }
            let secure = certificate.map { ["--certificate", $0, "--key", key ?? ""] } ?? []
            return ShellWord.line(["bascule", "board"] + rosterArgument.words + ["--cards"] + own + secure)
        }

        /// With --json an event, as everything that is printed then.
        private func say(_ sentence: String, _ event: String, _ console: Console) {
            let line = options.json ? RunEventJSON(event: event, message: sentence).line : sentence
            if let line { console.line(line) }
        }

        /// A line for each remark: what the page says too.
        private func tell(_ lesson: Lesson, _ console: Console) async {
            var told: Set<LocalizedText> = []
            var signals = await lesson.signals(.remarks).makeAsyncIterator()
            repeat {
                for remark in await lesson.state().remarks where told.insert(remark).inserted {
                    say(remark[options.language], "remark", console)
                }
            } while await signals.next() != nil
        }

        private func renew(_ roster: Roster, _ folder: BoardFolder, _ console: Console) throws {
            if newCode.contains("all") {
                try folder.renewCodes(of: nil)
            } else {
                try folder.renewCodes(
                    of: try newCode.map { name in
                        if name == "teacher" { return .teacher }
                        return .student(try roster.students([name])[0].identity.id)
                    })
            }
            console.line(
                options.language.pick(
                    "Nouveau code : l'ancien n'ouvre plus rien. Les cartes : \(cardsCommand)",
                    "A new code: the old one opens nothing any more. The cards: \(cardsCommand)"
                ))
        }

        private func writeCards(
            _ codes: AccessCodes, _ roster: Roster, _ folder: BoardFolder, _ settings: BoardSettings,
            _ console: Console
        ) async throws {
            let base = try await Composition.withNetwork { group in
                await BoardLink.base(settings, port: settings.port, names, roster, group)
            }
            let page = BoardCardsPage(
                cards: roster.students.compactMap { student in
                    codes.students[student.identity.id].map { code in
                        BoardCardsPage.Card(
                            name: student.identity.names.joined(separator: ", "), id: student.identity.id,
                            link: BoardLink.link(base, code), code: code)
                    }
                }, className: roster.className, language: roster.language, theme: settings.theme)
            try AtomicFile.write(try page.html(), to: folder.cards)
            console.line(
                options.language.pick(
                    "Cartes à imprimer : \(folder.cards)", "Cards to print: \(folder.cards)"))
            if settings.isLoopback, names.isEmpty {
                Inputs.complain(
                    options.language.pick(
                        "Leurs liens ne s'ouvrent que sur cette machine : donner --listen 0.0.0.0:8080, ou --name avec le nom par lequel on la joint.",
                        "Their links open on this machine only: give --listen 0.0.0.0:8080, or --name with the name by which it is reached."
                    ))
            }
        }
    }

    /// The links by which people come to their pages.
    enum BoardLink {
        /// `http://192.0.2.7:8080`, by the first name that was given, otherwise by the address: where the board listens on
        /// all of them, the one that the students' machines see.
        static func base(
            _ settings: BoardSettings, port: Int, _ names: [String], _ roster: Roster,
            _ group: any EventLoopGroup
        ) async -> String {
            var host = names.first ?? settings.address
            if names.isEmpty, ["0.0.0.0", "::"].contains(host) {
                host = ProcessInfo.processInfo.hostName
                let machine = roster.students.first?.lab.addresses.values.compactMap { IPAddress($0) }.first
                if let machine, let own = await OwnAddress.towards(machine, on: group) {
                    host = own.description
                }
            }
            if host.contains(":") { host = "[\(host)]" }
            let usual = settings.isSecure ? 443 : 80
            return "\(settings.isSecure ? "https" : "http")://\(host)" + (port == usual ? "" : ":\(port)")
        }

        /// The code stands behind `#`: browsers keep that to themselves, and no log has it.
        static func link(_ base: String, _ code: String) -> String { "\(base)/#\(code)" }
    }
#endif
