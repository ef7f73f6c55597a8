import Foundation
import GraderCore
import NIOCore

extension DialFailure {
    /// What the system or NIO reported, in nmap's distinctions. Linux turns ICMP errors into error numbers (`icmp(7)`):
    /// a port unreachable becomes `ECONNREFUSED`; host and network unreachable *and* IPv4's “administratively
    /// prohibited” become `EHOSTUNREACH` or `ENETUNREACH`; only IPv6's prohibited (`EACCES`) and a local firewall's
    /// (`EPERM`) can be told apart.
    /// - Parameter action: what was being done, e.g. `connecting to 127.0.0.1 port 80`.
    init(_ error: any Error, doing action: LocalizedText) {
        switch error {
        case let failure as DialFailure:
            self = failure
        case is CancellationError:
            self.init(
                .other, fr: "\(action) : abandonné par le correcteur", en: "\(action): given up by the grader"
            )
        case let error as IOError:
            self.init(errnoCode: error.errnoCode, doing: action)
        case ChannelError.connectTimeout(let limit):
            let limit = Duration(limit).inSeconds
            self.init(
                .timedOut, fr: "\(action) : aucune réponse en \(limit)",
                en: "\(action): nothing answered within \(limit)")
        case ChannelError.ioOnClosedChannel, ChannelError.alreadyClosed, ChannelError.outputClosed,
            ChannelError.eof:
            self.init(
                .other, fr: "\(action) : la connexion est fermée", en: "\(action): the connection is closed")
        default:
            self.init(
                .other, fr: "\(action) : « \(String(describing: error)) »",
                en: "\(action): \(String(describing: error))")
        }
    }

    init(errnoCode: CInt, doing action: LocalizedText) {
        let kind: Kind =
            switch errnoCode {
            case ECONNREFUSED: .refused
            case ETIMEDOUT: .timedOut
            case EHOSTUNREACH, ENETUNREACH, EHOSTDOWN, ENETDOWN: .unreachable
            case EACCES, EPERM: .prohibited
            case ECONNRESET, EPIPE, ECONNABORTED: .reset
            default: .other
            }
        let said = systemMessage(errnoCode)
        self.init(kind, fr: "\(action) : \(said)", en: "\(action): \(said)")
    }
}

extension Duration {
    /// For sentences: `5 s`, `0.25 s`; to the millisecond, the same in every locale.
    var inSeconds: LocalizedText {
        let milliseconds = Int(saturating: (self / .milliseconds(1)).rounded())
        let (seconds, rest) = milliseconds.quotientAndRemainder(dividingBy: 1000)
        guard rest != 0 else { return LocalizedText(verbatim: "\(seconds) s") }
        var decimals = String(rest.magnitude + 1000).dropFirst()
        while decimals.last == "0" { decimals.removeLast() }
        return LocalizedText(fr: "\(seconds),\(decimals) s", en: "\(seconds).\(decimals) s")
    }
}
