import GraderCore
import InputFiles

/// Where the board of a class takes the requests of `grade-all`: a socket in the board's folder, which only the user
/// who started it can reach. Each request is made into a run, and answered with what happens in it.
///
/// Who hands a request over and goes away, or says that it wants no more, has its run cancelled.
public final class GradingServer: Sendable {
    /// Makes the run that is asked for, as `ClassGrader.grade` does: told to end, it ends in an orderly way.
    public typealias Work =
        @Sendable (GradingRequest, _ onEvent: @escaping @Sendable (RunEvent) -> Void) async throws ->
        RunOutcome

    /// For the request to come once somebody has connected.
    private static let patience: Duration = .seconds(10)

    private let listener: SocketListener
    private let work: Work

    /// Listens from now on; whoever connects is answered by ``run()``. For who has the class (``GradingClaim``).
    /// - Throws: ``StoreFailure`` where the board's folder cannot be written.
    public init(
        of className: String, in reports: ReportsFolder, work: @escaping Work
    ) throws(StoreFailure) {
        listener = try SocketListener(folder: try reports.board(of: className).path)
        self.work = work
    }

    /// Answers until the task is cancelled; the runs under way are cancelled then, and waited for. To be called once,
    /// and to have ended before the class is let go.
    public func run() async {
        await withDiscardingTaskGroup { group in
            for await socket in listener.connections() { group.addTask { await self.answer(socket) } }
            listener.end()
        }
    }

    private func answer(_ socket: LineSocket) async {
        let lines = socket.lines(limit: GradingRequest.sizeLimit)
        let timer = Task {
            try await Task.sleep(for: Self.patience)
            socket.end()
        }
        let line = await lines.first { _ in true }
        timer.cancel()
        guard let line else { return socket.end() }
        await withTaskGroup(of: Void.self) { group in
            group.addTask { socket.send(await self.reply(to: line, socket)) }
            group.addTask { for await _ in lines {} }
            // Either the run has come to its end, or nobody wants it any more.
            await group.next()
            group.cancelAll()
        }
        await socket.flush()
        socket.end()
    }

    private func reply(to line: [UInt8], _ socket: LineSocket) async -> GradingReply {
        do {
            let outcome = try await work(GradingRequest(line: line)) { socket.send(GradingReply.event($0)) }
            return .ended(run: outcome.run.name, missing: outcome.missing)
        } catch {
            return GradingReply(error)
        }
    }
}

extension GradingRequest {
    fileprivate init(line: [UInt8]) throws {
        struct Head: Decodable { var schemaVersion: Int }
        guard let head = try? StoredJSON.decodeLine(Head.self, from: line),
            head.schemaVersion == Self.currentSchemaVersion,
            let request = try? StoredJSON.decodeLine(Self.self, from: line)
        else { throw GradingRefusal.otherVersion }
        self = request
    }
}

extension GradingRefusal {
    static var otherVersion: GradingRefusal {
        GradingRefusal(
            LocalizedText(
                fr:
                    "Le tableau de bord de cette classe est d'une autre version de Bascule : l'arrêter et le relancer avec celle-ci.",
                en:
                    "The board of this class is of another version of Bascule: end it, and start it with this one."
            ))
    }
}

extension GradingReply {
    /// What ended a run.
    fileprivate init(_ error: any Error) {
        switch error {
        case let refusal as GradingRefusal: self = .refused(refusal)
        case let failure as any CommandFailure:
            self = .failed(StoreFailure(failure.sentence, failure.cause))
        case let mistakes as InputErrors: self = .mistakes(Mistakes(mistakes))
        case let fault as ProgramFault: self = .failed(StoreFailure(fault.sentence, .programFault))
        case is CancellationError: self = .refused(.lost(.interrupted))
        default:
            let problem = String(describing: error)
            self = .failed(
                StoreFailure(fileOperation: error)
                    ?? StoreFailure(
                        fr: "C'est un défaut de Bascule : \(problem) ; merci de le signaler.",
                        en: "This is a bug in Bascule: \(problem); please report it.", .programFault))
        }
    }
}
