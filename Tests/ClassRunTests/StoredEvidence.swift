import Exercises
import Foundation
import GraderCore

/// Evidence with something in every field.
func sampleEvidence(output: Bytes = "serv1\n", student: String = "etu1") -> Evidence {
    let start = Date(timeIntervalSince1970: 1_795_356_930.25)
    func command(
        _ arguments: [String], _ bytes: Bytes, _ ending: CommandResult.Ending = .exited(0)
    ) -> Observation.Outcome {
        .command(
            CommandResult(
                answering: arguments, ending: ending, standardOutput: bytes, standardError: "",
                outputTruncated: true, duration: .milliseconds(12)))
    }
    func observation(_ id: String, _ vantage: Vantage, _ after: Double, _ outcome: Observation.Outcome)
        -> Observation
    {
        Observation(
            id: ProbeID(id), vantage: vantage, startedAt: start.addingTimeInterval(after),
            duration: .microseconds(1500), outcome: outcome)
    }
    let request = HTTPProbeRequest(
        address: "172.16.1.12", port: 80, tls: false, host: "172.16.1.12", target: "/?bascule=3f",
        userAgent: "Bascule")
    let response = HTTPExchange.Response(
        status: 200, headers: [HTTPExchange.Header(name: "Server", value: "Apache")], body: output,
        bodyTruncated: false)
    return Evidence(
        student: student, exercise: "activite-2",
        lab: .pair(
            [.serv1: "172.16.1.10", .serv2: "172.16.1.11"],
            dns: .object(["server": .string("172.16.1.13"), "names": .array([.string("www.etu1.lab")])]),
            web: ["acceptedStatuses": .array([.integer(200), .integer(401)])]),
        startedAt: start, finishedAt: start.addingTimeInterval(1.125), collector: "0", nonce: "3f",
        unreachable: [
            .serv2: TransportFailure(.connectionRefused, LocalizedText(verbatim: "etu1/serv2: closed."))
        ],
        instability: Instability(kind: .configurationChanging, attempts: 3, detail: "0.1.2 → 0.1.3"),
        observations: [
            observation("serv1/hostname", .node(.serv1), 0, command(["hostname"], output)),
            observation(
                "serv1/hostname/closing", .node(.serv1), 1,
                command(["hostname"], "again", .signalled("KILL"))),
            observation(
                "serv1/slow", .node(.serv1), 0.5, command(["crm", "status"], "", .timedOut)),
            observation(
                "serv1/lost", .node(.serv1), 0.5,
                .failed(TransportFailure(.connectionLost, LocalizedText(verbatim: "lost")))),
            observation(
                "net/port-80", .grader, 0.25,
                .port(PortProbeResult(address: "172.16.1.12", port: 80, state: .hostUnreachable))),
            observation(
                "net/http", .grader, 0.5, .http(HTTPExchange(request: request, answer: .response(response)))),
            observation("net/neighbours", .grader, 0.75, .neighbours(output)),
        ])
}
