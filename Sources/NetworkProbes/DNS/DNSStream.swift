import GraderCore
import NIOCore

/// One query over TCP (RFC 7766): each message has its length in front, two bytes, the higher one first.
enum DNSStream {
    typealias Ending = DNSDatagramHandler.Ending

    static func ask(
        _ query: [UInt8], request: DNSProbeRequest, timeLimit: Duration, dialer: any StreamDialer
    ) async -> Ending {
        let attempt = await bounded(by: timeLimit) { () async -> Ending in
            do throws(DialFailure) {
                let stream = try await dialer.dial(
                    host: request.server, port: request.port, timeLimit: timeLimit)
                let result = await withTaskCancellationHandler {
                    await converse(query, over: stream)
                } onCancel: {
                    // A stream that does not heed cancellation by itself is woken up by being closed.
                    Task { await stream.close() }
                }
                await stream.close()
                return result
            } catch {
                return .failure(error)
            }
        }
        switch attempt {
        case .timeUp(.failure):
            return .failure(
                DialFailure(
                    .timedOut, fr: "question posée par TCP, pas de réponse en \(timeLimit.inSeconds)",
                    en: "asked over TCP, no answer within \(timeLimit.inSeconds)"))
        case .finished(let ending), .timeUp(let ending): return ending
        case .cancelled:
            return .failure(
                DialFailure(
                    CancellationError(), doing: LocalizedText(fr: "question par TCP", en: "asking over TCP")))
        }
    }

    private static func converse(_ query: [UInt8], over stream: any ByteStream) async -> Ending {
        do throws(DialFailure) {
            // bounded: a query of ours is shorter than 65,536 bytes
            try await stream.write([UInt8(query.count >> 8), UInt8(query.count & 0xFF)] + query)
            var received = ByteBuffer()
            while true {
                // By index: a copy that lives would have all of it copied with the next piece.
                if let length = received.getInteger(at: 0, as: UInt16.self),
                    let bytes = received.getBytes(at: 2, length: Int(length))  // bounded: widened
                {
                    return .success(bytes)
                }
                let bytes = try await stream.read()
                guard !bytes.isEmpty else {
                    throw DialFailure(
                        .reset, fr: "le serveur a fermé la connexion avant la fin de sa réponse",
                        en: "the server closed the connection before a whole answer had come")
                }
                received.writeBytes(bytes)
            }
        } catch {
            return .failure(error)
        }
    }
}
