import Foundation
import Synchronization
import Testing

#if canImport(FoundationNetworking)
    import FoundationNetworking
#endif

/// The board as people start it, over HTTP on the loopback. The machines are ports that nothing listens on.
@Suite(.timeLimit(.minutes(3))) struct BoardCommandTests {
    let folder: URL
    let roster: String
    var path: String { folder.path(percentEncoded: false) }

    init() throws {
        folder = try Program.temporaryFolder()
        roster = folder.appending(path: "class.yaml").path(percentEncoded: false)
        let students = (1...2).map {
            """
              - id: etu\($0)
                name: Étudiant \($0)
                serv1: {address: 172.16.\($0).10, login: "127.0.0.1:\($0)"}
                serv2: {address: 172.16.\($0).11, login: "127.0.0.1:\($0 + 2)"}
                vip: 172.16.\($0).12/24
            """
        }
        let text = """
            class: demo
            exercise: activite-2
            language: fr
            defaults:
              ssh: {user: root, agent: false, passwordEnvironment: BASCULE_TEST_PASSWORD}
              network: tunnel
            students:
            \(students.joined(separator: "\n"))

            """
        try Data(text.utf8).write(to: URL(filePath: roster))
    }

    func end() { try? FileManager.default.removeItem(at: folder) }

    /// A board that is open, by the program that ships.
    final class Opened: Sendable {
        let process: Process
        let base: URL
        let teacher: String
        private let session: URLSession
        /// What the library does with cookies and redirections differs from system to system.
        private let cookie = Mutex("")

        private final class Staying: NSObject, URLSessionTaskDelegate {
            func urlSession(
                _ session: URLSession, task: URLSessionTask,
                willPerformHTTPRedirection response: HTTPURLResponse, newRequest request: URLRequest,
                completionHandler: @escaping @Sendable (URLRequest?) -> Void
            ) { completionHandler(nil) }
        }

        init(_ roster: String, _ reports: String, _ options: [String] = [], openFiles: Int? = nil)
            async throws
        {
            process = Process()
            process.executableURL = URL(filePath: "/bin/sh")
            let limit = openFiles.map { "ulimit -n \($0); " } ?? ""
            process.arguments =
                [
                    "-c", limit + "exec \"$0\" \"$@\"", try Program.path, "board", roster, "--reports",
                    reports,
                    "--listen", "127.0.0.1:0", "--lang", "en",
                ] + options
            process.currentDirectoryURL = Program.repository
            process.environment = ProcessInfo.processInfo.environment.merging([
                "BASCULE_TEST_PASSWORD": "x", "LC_ALL": "C.UTF-8",
            ]) { $1 }
            let pipe = Pipe()
            process.standardOutput = pipe
            process.standardError = FileHandle.nullDevice
            try process.run()
            var said = ""
            while !said.contains("\n") {
                let data = await Self.waiting { pipe.fileHandleForReading.availableData }
                if data.isEmpty { break }
                said += String(decoding: data, as: UTF8.self)
            }
            let link = said.split(whereSeparator: \.isWhitespace).first { $0.hasPrefix("http") }
            // What stands in a pipe is kept by a log: the code is in its file alone.
            #expect(!said.contains("#"))
            let address = try #require(link, "\(said)")
            base = try #require(URL(string: String(address)))
            let file = try #require(
                FileManager.default.contentsOfDirectory(atPath: reports).map {
                    "\(reports)/\($0)/board/codes.json"
                }
                .first(where: FileManager.default.fileExists(atPath:)))
            let codes = try JSONSerialization.jsonObject(with: Data(contentsOf: URL(filePath: file)))
            teacher = try #require((codes as? [String: Any])?["teacher"] as? String)
            #expect(!said.contains(teacher))
            let configuration = URLSessionConfiguration.ephemeral
            configuration.timeoutIntervalForRequest = 20
            configuration.httpShouldSetCookies = false
            session = URLSession(configuration: configuration, delegate: Staying(), delegateQueue: nil)
        }

        /// Not on a thread that other tests need.
        private static func waiting<Value: Sendable>(_ work: @escaping @Sendable () -> Value) async -> Value {
            await withCheckedContinuation { continuation in
                DispatchQueue.global().async { continuation.resume(returning: work()) }
            }
        }

        func get(_ path: String, host: String? = nil) async throws -> (status: Int, text: String) {
            var request = URLRequest(url: try #require(URL(string: path, relativeTo: base)))
            if let host { request.setValue(host, forHTTPHeaderField: "Host") }
            return try await answer(request)
        }

        func post(_ path: String, _ form: String) async throws -> (status: Int, text: String) {
            var request = URLRequest(url: try #require(URL(string: path, relativeTo: base)))
            request.httpMethod = "POST"
            request.httpBody = Data(form.utf8)
            request.setValue("application/x-www-form-urlencoded", forHTTPHeaderField: "Content-Type")
            let port = base.port.map { ":\($0)" } ?? ""
            request.setValue("http://127.0.0.1\(port)", forHTTPHeaderField: "Origin")
            return try await answer(request)
        }

        private func answer(_ request: URLRequest) async throws -> (status: Int, text: String) {
            var request = request
            let cookie = cookie.withLock(\.self)
            if !cookie.isEmpty { request.setValue(cookie, forHTTPHeaderField: "Cookie") }
            let (data, response) = try await session.data(for: request)
            let set = (response as? HTTPURLResponse)?.value(forHTTPHeaderField: "Set-Cookie")
            if let set { self.cookie.withLock { $0 = String(set.prefix { $0 != ";" }) } }
            return ((response as? HTTPURLResponse)?.statusCode ?? 0, String(decoding: data, as: UTF8.self))
        }

        /// Of the form on a page.
        static func token(_ page: String) throws -> String {
            let field = try #require(page.firstRange(of: #"name="token" value=""#))
            return String(page[field.upperBound...].prefix { $0 != "\"" })
        }

        /// - Returns: the status with which it ended.
        @discardableResult
        func kill(_ signal: Int32) async -> Int32 {
            Foundation.kill(process.processIdentifier, signal)
            return await Self.waiting { [process] in
                process.waitUntilExit()
                return process.terminationStatus
            }
        }
    }

    func codes() throws -> [String: String] {
        let data = try Data(contentsOf: URL(filePath: "\(path)/reports/demo/board/codes.json"))
        let codes = try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
        return try #require(codes["students"] as? [String: String])
    }

    #if os(Linux)
        /// Connections on which nothing is said take no place that another address or the board itself needs.
        @Test func idleConnectionsStarveNobody() async throws {
            defer { end() }
            let board = try await Opened(roster, "\(path)/reports", openFiles: 64)
            let script = """
                import socket, sys
                port = int(sys.argv[1])
                idle = [socket.create_connection(("127.0.0.1", port), 10) for _ in range(120)]
                other = socket.create_connection(("127.0.0.1", port), 10, ("127.0.0.2", 0))
                other.sendall(b"GET / HTTP/1.1\\r\\nHost: 127.0.0.1:%d\\r\\nConnection: close\\r\\n\\r\\n" % port)
                print(other.recv(12).decode())
                """
            let port = try #require(board.base.port)
            let answer = try? await Program.shell(["python3", "-c", script, "\(port)"])
            await board.kill(SIGTERM)
            #expect(answer == "HTTP/1.1 200\n")
        }
    #endif

    @Test func killedAndStartedAgainItHasTheSameLinksAndLastResults() async throws {
        defer { end() }
        let first = try await Opened(roster, "\(path)/reports")
        #expect(try await first.get("/class").status == 401)
        #expect(try await first.post("/enter", "code=\(first.teacher)").status == 303)
        let page = try await first.get("/class")
        #expect(page.status == 200 && page.text.contains("Étudiant 1") && page.text.contains("Étudiant 2"))
        #expect(try await first.get("/class", host: "evil.example").status == 421)
        let token = try Opened.token(page.text)
        #expect(try await first.post("/class/look", "token=\(token)&student=etu1").status == 303)
        // What became of it: the machines are off.
        var seen = ""
        for _ in 0..<400 where !seen.contains("refus") {
            seen = try await first.get("/student/etu1").text
            try await Task.sleep(for: .milliseconds(50))
        }
        #expect(seen.contains("refus"))
        #expect(try await first.post("/class/hints", "token=\(token)&level=1").status == 303)
        await first.kill(SIGKILL)
        let before = try codes()

        let second = try await Opened(roster, "\(path)/reports")
        #expect(second.teacher == first.teacher)
        #expect(try codes() == before)
        _ = try await second.post("/enter", "code=\(second.teacher)")
        #expect(try await second.get("/student/etu1").text.contains("refus"))
        #expect(await second.kill(SIGINT) == 130)
    }

    @Test func besideABoardOneHasToWait() async throws {
        defer { end() }
        let board = try await Opened(roster, "\(path)/reports")
        // What no browser sends ends nothing.
        #expect(try await board.post("/enter", "code=%ZZ&[=\"&%").status == 403)
        let environment = ["BASCULE_TEST_PASSWORD": "x"]
        let other = try await Program.run(
            ["board", roster, "--reports", "\(path)/reports", "--lang", "fr"], environment: environment)
        #expect(other.status == 75 && other.complaints.contains("déjà ouvert"), "\(other.complaints)")
        // Its run is made by the board, and told as its own.
        let graded = try await Program.run(
            ["grade-all", roster, "--reports", "\(path)/reports", "--lang", "en"], environment: environment)
        #expect(graded.status == 2 && graded.output.contains("2 of 2 students seen"), "\(graded.output)")
        let purge = try await Program.run(
            ["purge", "--class", "demo", "--before", "2100-01-01", "--yes", "--reports", "\(path)/reports"])
        #expect(purge.status == 75, "\(purge.complaints)")
        await board.kill(SIGTERM)
        let purged = try await Program.run(
            ["purge", "--class", "demo", "--before", "2100-01-01", "--yes", "--reports", "\(path)/reports"])
        #expect(purged.status == 0, "\(purged.complaints)")
        #expect(!FileManager.default.fileExists(atPath: "\(path)/reports/demo"))
    }

    @Test(arguments: [
        (["--listen", "board.example.org:80"], 64, "--listen takes"),
        (["--listen", "127.0.0.1:99999"], 64, "--listen takes"),
        (["--until", "17:30"], 64, "--until ends"),
        (["--every", "5m", "--until", "25:00"], 64, "--until is"),
        (["--every", "5m", "--until", "00:00"], 64, "it is past 00:00 already"),
        (["--students-may-drill", "explode"], 64, "there is no drill explode"),
        (["--certificate", "/nowhere"], 64, "go together"),
        (["--certificate", "/nowhere", "--key", "/nowhere"], 65, "cannot be used as a certificate"),
        (["--question", "Q1"], 64, "the whole sheet"),
    ]) func whatCannotBeIsSaid(options: [String], status: Int, words: String) async throws {
        defer { end() }
        let outcome = try await Program.run(
            ["board", roster, "--reports", "\(path)/reports"] + options,
            environment: ["BASCULE_TEST_PASSWORD": "x"])
        #expect(outcome.status == status && outcome.complaints.contains(words), "\(outcome.complaints)")
    }
}
