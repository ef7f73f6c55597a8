import Foundation
import GraderCore
import NIOCore
import Testing

@testable import NetworkProbes

@Suite struct DialFailureTests {
    private let connecting = LocalizedText(fr: "connexion", en: "connecting")

    @Test(arguments: [
        (ECONNREFUSED, DialFailure.Kind.refused), (ETIMEDOUT, .timedOut), (EHOSTUNREACH, .unreachable),
        (ENETUNREACH, .unreachable), (EHOSTDOWN, .unreachable), (EACCES, .prohibited), (EPERM, .prohibited),
        (ECONNRESET, .reset), (EPIPE, .reset), (EMFILE, .other), (EADDRNOTAVAIL, .other),
    ])
    func errorNumbersAreNmapsDistinctions(code: CInt, kind: DialFailure.Kind) {
        let failure = DialFailure(IOError(errnoCode: code, reason: "x"), doing: connecting)
        #expect(failure.kind == kind)
        #expect(failure.message.en == "connecting: \(String(cString: strerror(code)))")
    }

    @Test func theTimeOutSaysHowLong() {
        let failure = DialFailure(ChannelError.connectTimeout(.milliseconds(1500)), doing: connecting)
        #expect(failure.kind == .timedOut)
        #expect(failure.message.en == "connecting: nothing answered within 1.5 s")
        #expect(failure.message.fr == "connexion\u{A0}: aucune réponse en 1,5 s")
    }

    @Test func aDialFailureStaysWhatItIs() {
        let failure = DialFailure(.reset, saying: "why")
        #expect(DialFailure(failure, doing: connecting) == failure)
    }

    @Test(arguments: [
        (Duration.seconds(5), "5 s"), (.milliseconds(250), "0.25 s"), (.milliseconds(1005), "1.005 s"),
        (.zero, "0 s"), (.microseconds(400), "0 s"), (.microseconds(1_999_600), "2 s"),
    ])
    func durationsReadTheSameEverywhere(duration: Duration, text: String) {
        #expect(duration.inSeconds.en == text)
    }
}
