import GraderCore

#if canImport(NetworkProbes)
    @testable import NetworkProbes

    extension FuzzTarget {
        /// What web servers and name servers answer.
        static let fromTheNetwork: [FuzzTarget] = [
            // The first byte says in how large pieces the answer comes.
            FuzzTarget("http", upTo: 4096) { bytes in
                let request = HTTPProbeRequest(
                    address: "127.0.0.1", port: 80, tls: false, host: "www.example.org", target: "/",
                    userAgent: "fuzz")
                let bodyLimit = 256
                let pipeline = try HTTPClientPipeline(request, bodyLimit: bodyLimit)
                defer { pipeline.tearDown() }
                let step = Int(bytes.first ?? 0) + 1
                var rest = bytes.dropFirst()
                while !rest.isEmpty, !pipeline.isDone {
                    pipeline.receive(Array(rest.prefix(step)))
                    _ = pipeline.takeOutbound()
                    rest = rest.dropFirst(step)
                }
                if !pipeline.isDone { pipeline.receiveEnd() }
                let collector = pipeline.collector
                try expect(collector.body.count <= bodyLimit, "the body is longer than its limit")
                try expect(!collector.isComplete || collector.head != nil, "complete without a head")
                if let head = collector.head { _ = HTTPExchange.Header.kept(of: head.headers) }
            },
            // The first byte chooses the question.
            FuzzTarget("dns", upTo: 4096) { bytes in
                let request = questions[Int(bytes.first ?? 0) % questions.count]
                let wire = Array(bytes.dropFirst())
                _ = DNSCodec.isTruncated(wire)
                guard let id = DNSCodec.id(of: wire),
                    let response = try? DNSCodec.response(wire, to: request, id: id, over: .udp)
                else { return }
                let records = response.answers + response.authority + response.additional
                try expect(records.count <= DNSCodec.recordLimit, "more records than are kept")
                for record in records {
                    let text = record.name + record.type + record.data
                    try expect(
                        text.unicodeScalars.allSatisfy { $0.value >= 0x20 && $0.value != 0x7F },
                        "a control character in \(text.debugDescription)")
                }
                _ = DNSExchange(request: request, answer: .response(response)).outcome
            },
        ]

        /// Those of the recorded answers (`Tests/NetworkProbesTests/Fixtures/bind`).
        private static let questions: [DNSProbeRequest] = [
            question("www.etu1.lab", .a), question("six.etu1.lab", .aaaa), question("intranet.etu1.lab", .a),
            question("intranet.etu1.lab", .cname), question("etu1.lab", .ns), question("etu1.lab", .soa),
            question("12.1.16.172.in-addr.arpa.", .ptr), question("nulle-part.etu1.lab", .a),
            question("www.etu2.lab", .a), question("x.sous.etu1.lab", .a),
            question("tourniquet.etu1.lab", .a),
        ]

        private static func question(_ name: String, _ type: DNSProbeRequest.RecordType) -> DNSProbeRequest {
            DNSProbeRequest(server: "127.0.0.1", name: name, type: type)
        }
    }
#else
    extension FuzzTarget {
        /// Left out of this build (`BASCULE_FUZZING=files`).
        static let fromTheNetwork: [FuzzTarget] = []
    }
#endif
