import AsyncAlgorithms
import ClassRun
import Foundation
import GraderCore
import HTTPTypes
import HummingbirdCore
import HummingbirdTLS
import Logging
import NIOCore
import NIOSSL

/// Why a board cannot be opened, in a sentence.
public struct BoardFailure: CommandFailure, Sendable {
    public var sentence: LocalizedText
    public var cause: FailureCause

    init(fr: LocalizedText.Wording, en: LocalizedText.Wording, _ cause: FailureCause) {
        sentence = LocalizedText(fr: fr, en: en)
        self.cause = cause
    }
}

/// Brings requests to a board and its answers back: HTTP/1.1, and TLS where there is a certificate.
public struct BoardServer: Sendable {
    /// Of a form: a few long answers.
    static let mostBody = 400 << 10
    /// Of somebody unknown: a code.
    static let mostBodyOfStrangers = 4 << 10
    /// Between two signs of life on a stream of events.
    private static let beat: Duration = .seconds(5)
    /// Between two events of a stream: the page is fetched after each.
    private static let pause: Duration = .milliseconds(300)

    private let board: Board
    private let builder: HTTPServerBuilder

    /// Connections that a class of so many may have open at once.
    public static func connections(students: Int) -> Int { ConnectionLimits.most(students: students) }

    /// - Parameter connections: at once; a process may have open so many files and no more, and a connection is one.
    /// - Throws: ``BoardFailure`` where the certificate or its key cannot be read.
    public init(_ board: Board, connections: Int) throws {
        self.board = board
        let limits = ConnectionLimits(most: connections)
        let plain = HTTPServerBuilder.http1(
            configuration: .init(
                additionalChannelHandlers: limits.handlers(), idleTimeout: .seconds(60),
                httpDecoderConfiguration: .init(
                    maxHeaderFieldSize: 8 << 10, maxHeaderListSize: 32 << 10, maxHeaderFieldCount: 100)))
        guard let certificate = board.settings.certificate, let key = board.settings.key else {
            builder = plain
            return
        }
        builder = try .tls(plain, tlsConfiguration: Self.tls(certificate: certificate, key: key))
    }

    private static func tls(certificate: String, key: String) throws(BoardFailure) -> TLSConfiguration {
        var status = stat()
        if stat(key, &status) == 0, status.st_mode & (S_IRWXG | S_IRWXO) != 0 {
            throw BoardFailure(
                fr:
                    "D'autres peuvent lire la clé \(key) : la réserver à son propriétaire avec chmod 600 \(key).",
                en: "The key \(key) can be read by others: make it your own with chmod 600 \(key).", .unusable
            )
        }
        do {
            let chain = try NIOSSLCertificate.fromPEMFile(certificate).map {
                NIOSSLCertificateSource.certificate($0)
            }
            return .makeServerConfiguration(
                certificateChain: chain,
                privateKey: .privateKey(try NIOSSLPrivateKey(file: key, format: .pem)))
        } catch {
            let problem = String(describing: error)
            throw BoardFailure(
                fr: """
                    \(certificate) et \(key) ne peuvent pas servir de certificat et de clé (\(problem)) : les deux sont \
                    des fichiers PEM, la clé sans phrase de passe.
                    """,
                en: """
                    \(certificate) and \(key) cannot be used as a certificate and its key (\(problem)): both are PEM \
                    files, the key without a passphrase.
                    """, .unusable)
        }
    }

    /// Serves until the task is cancelled.
    /// - Parameter onListening: told the port when requests are taken.
    /// - Throws: ``BoardFailure`` where the address cannot be listened on.
    public func run(_ group: any EventLoopGroup, onListening: @escaping @Sendable (Int) async -> Void)
        async throws
    {
        let board = board
        let server = try builder.buildServer(
            configuration: ServerConfiguration(
                address: .hostname(board.settings.address, port: board.settings.port)),
            eventLoopGroup: group, logger: Logger(label: "board") { _ in SwiftLogNoOpLogHandler() },
            responder: { request, writer, _ in
                let answer = await Self.answer(request, by: board)
                try await Self.write(answer, request, writer, board)
            },
            onServerRunning: { await onListening($0.localAddress?.port ?? board.settings.port) })
        do {
            try await server.run()
        } catch let error as IOError {
            let (address, port) = (board.settings.address, board.settings.port)
            let reason = systemMessage(error.errnoCode)
            throw BoardFailure(
                fr:
                    "\(address) ne peut pas écouter sur le port \(port) (\(reason)) : en donner un autre avec --listen.",
                en:
                    "\(address) cannot be listened on at port \(port) (\(reason)): give another with --listen.",
                .unavailable)
        }
    }

    private static func answer(_ request: Request, by board: Board) async -> BoardAnswer {
        guard let method = BoardRequest.Method(rawValue: request.method.rawValue),
            request.head.path?.utf8.count ?? 0 < 2_000
        else { return BoardAnswer(status: 405, body: .none) }
        var asked = BoardRequest(method, request.uri.path)
        asked.query = BoardRequest.items(request.uri.query ?? "")
        asked.host = request.head.authority
        asked.origin = request.headers[.origin]
        asked.fetchSite = request.headers[.secFetchSite]
        asked.cookies = BoardRequest.cookies(request.headers[.cookie] ?? "")
        asked.acceptLanguage = request.headers[.acceptLanguage]
        if method == .post {
            let most = mostBody(of: asked, for: board)
            guard let body = try? await request.body.collect(upTo: most) else {
                // 401: who was known when he began to write is sent to the entry.
                return BoardAnswer(
                    status: most == mostBody ? 413 : 401, headers: [("Connection", "close")], body: .none)
            }
            asked.form = BoardRequest.items(String(buffer: body))
        }
        return await board.answer(asked)
    }

    static func mostBody(of request: BoardRequest, for board: Board) -> Int {
        (try? board.sessions.session(cookies: request.cookies)) == nil ? mostBodyOfStrangers : mostBody
    }

    private static func write(
        _ answer: BoardAnswer, _ request: Request, _ writer: consuming ResponseWriter, _ board: Board
    ) async throws {
        var head = HTTPResponse(status: .init(code: answer.status))
        for (name, value) in safety + answer.headers {
            if let name = HTTPField.Name(name) { head.headerFields[name] = value }
        }
        switch answer.body {
        case .none:
            head.headerFields[.contentLength] = "0"
            try await writer.writeResponse(head)
        case .text(let text, let type):
            head.headerFields[.contentType] = type
            let buffer = ByteBuffer(string: text)
            head.headerFields[.contentLength] = "\(buffer.readableBytes)"
            try await writer.write(response: head, body: ResponseBody(byteBuffer: buffer))
        case .events(let view):
            head.headerFields[.contentType] = "text/event-stream"
            let body = try await writer.writeHead(head)
            try await writeEvents(view, to: body) {
                // A code that was replaced ends what it had opened.
                (try? board.sessions.session(cookies: BoardRequest.cookies(request.headers[.cookie] ?? "")))
                    != nil
            } signals: {
                await board.lesson.signals(view)
            }
        }
    }

    private enum Line { case changed(LessonSignal), beat }

    /// `event: changed` with the time at which it was known, and `event: beat` (HTML, section 9.2).
    private static func writeEvents(
        _ view: LessonView, to body: some ResponseBodyWriter, isStillKnown: () -> Bool,
        signals: () async -> AsyncStream<LessonSignal>
    ) async throws {
        var body = body
        try await body.write(ByteBuffer(string: "retry: 2000\nevent: beat\ndata: 0\n\n"))
        let watched = await signals()
        let lines = merge(
            watched.map { Line.changed($0) },
            AsyncTimerSequence(interval: beat, clock: .continuous).map { _ in Line.beat })
        for await line in lines {
            guard isStillKnown(), !Task.isCancelled else { break }
            switch line {
            case .beat: try await body.write(ByteBuffer(string: "event: beat\ndata: 0\n\n"))
            case .changed(let signal):
                let known = Int64(saturating: (signal.at.timeIntervalSince1970 * 1000).rounded())
                try await body.write(ByteBuffer(string: "event: changed\ndata: \(known)\n\n"))
                try await Task.sleep(for: pause)
            }
        }
        try await body.finish(nil)
    }

    /// On every answer: nothing runs or is loaded that does not come from here, nobody frames it, nothing is kept.
    private static let safety = [
        (
            "Content-Security-Policy",
            "default-src 'none'; style-src 'self'; script-src 'self'; connect-src 'self'; img-src 'self' data:; "
                + "form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ), ("X-Content-Type-Options", "nosniff"), ("Referrer-Policy", "same-origin"),
        ("Cache-Control", "no-store"),
        ("Cross-Origin-Resource-Policy", "same-origin"),
    ]
}

extension HTTPField.Name {
    fileprivate static var secFetchSite: HTTPField.Name { HTTPField.Name("Sec-Fetch-Site") ?? .origin }
}
