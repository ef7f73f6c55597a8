import GraderCore

/// A connection to the board that has a class, for one request.
public struct GradingClient: Sendable {
    private let socket: LineSocket

    init(_ socket: LineSocket) { self.socket = socket }

    /// Has the board make a run. Cancelled, the board is told so, and what it kept of the run is the outcome.
    /// - Parameter onEvent: told what happens in the run, as `ClassGrader.grade` tells it.
    /// - Throws: ``GradingRefusal`` where the board makes no such run, or is lost; else what would have ended the run
    ///   here, as a ``StoreFailure``.
    public func grade(
        _ request: GradingRequest, of className: String, in reports: ReportsFolder,
        onEvent: @escaping @Sendable (RunEvent) -> Void
    ) async throws -> RunOutcome {
        socket.send(request)
        // What the board still says after the cancellation counts.
        let work = Task { try await follow(onEvent) }
        let (name, missing) = try await withTaskCancellationHandler {
            try await work.value
        } onCancel: {
            socket.endWriting()
        }
        guard let run = try reports.run(name, of: className) else { throw GradingRefusal.lost() }
        return try RunOutcome(of: run, missing: missing)
    }

    private func follow(_ onEvent: (RunEvent) -> Void) async throws -> (run: String, missing: [NoResult]) {
        defer { socket.end() }
        for await line in socket.lines(limit: StoredJSON.sizeLimit) {
            guard let reply = try? StoredJSON.decodeLine(GradingReply.self, from: line) else {
                throw GradingRefusal.otherVersion
            }
            switch reply {
            case .event(let event): onEvent(event)
            case .ended(let run, let missing): return (run, missing)
            case .refused(let refusal): throw refusal
            case .failed(let failure): throw failure
            case .mistakes(let mistakes): throw mistakes.errors
            }
        }
        throw GradingRefusal.lost()
    }
}

extension GradingRefusal {
    /// - Parameter cause: of a board that ended by itself.
    static func lost(_ cause: FailureCause = .unavailable) -> GradingRefusal {
        GradingRefusal(
            LocalizedText(
                fr:
                    "Le tableau de bord s'est arrêté avant la fin du passage : grade-all --resume reprend ce qu'il en a gardé.",
                en: "The board ended before the run did: grade-all --resume goes on from what it kept of it."),
            cause)
    }
}
