import CLdns
import Foundation
import GraderCore

/// Writes queries and reads responses with ldns: the only place that calls it. What ldns allocates is freed on
/// every path before a function returns; what comes back are values.
enum DNSCodec {
    /// More records than this are counted, not kept: a 64 KB message can hold thousands of long names.
    static let recordLimit = 128

    /// What is wrong with a message, in words.
    struct Fault: Error, Equatable {
        var reason: LocalizedText
        init(fr: LocalizedText.Wording, en: LocalizedText.Wording) { reason = LocalizedText(fr: fr, en: en) }
    }

    /// A query of one question (RFC 1035, section 4.1), without EDNS: the answers asked for are short, and
    /// what is longer than 512 bytes comes over TCP.
    static func query(_ request: DNSProbeRequest, id: UInt16) throws(Fault) -> [UInt8] {
        guard let owner = domainName(request.name) else {
            throw Fault(
                fr: "« \(request.name) » n'est pas un nom de domaine",
                en: "“\(request.name)” is not a domain name")
        }
        let flags = request.recursionDesired ? UInt16(LDNS_RD) : 0
        guard let packet = ldns_pkt_query_new(owner, request.type.ldns, LDNS_RR_CLASS_IN, flags) else {
            ldns_rdf_deep_free(owner)
            throw Fault(fr: "pas de mémoire pour une question", en: "no memory for a query")
        }
        // The packet owns the name from here on.
        defer { ldns_pkt_free(packet) }
        ldns_pkt_set_id(packet, id)
        var wire: UnsafeMutablePointer<UInt8>?
        var size = 0
        let status = ldns_pkt2wire(&wire, packet, &size)
        defer { free(wire) }
        guard status == LDNS_STATUS_OK, let wire else {
            throw Fault(
                fr: "la question ne s'écrit pas en message DNS : « \(words(for: status)) »",
                en: "\(words(for: status))")
        }
        return Array(UnsafeBufferPointer(start: wire, count: size))
    }

    /// The id of a message; nil where it is too short to have a header.
    static func id(of wire: [UInt8]) -> UInt16? {
        wire.count >= bascule_dns_header_size ? bascule_dns_id(wire) : nil
    }

    /// TC: there is more than this message holds.
    static func isTruncated(_ wire: [UInt8]) -> Bool {
        wire.count >= bascule_dns_header_size && bascule_dns_is_truncated(wire)
    }

    /// Reads a message as the response to `request`.
    static func response(
        _ wire: [UInt8], to request: DNSProbeRequest, id: UInt16, over transport: DNSResponse.Transport
    ) throws(Fault) -> DNSResponse {
        var parsed: UnsafeMutablePointer<ldns_pkt>?
        let status = ldns_wire2pkt(&parsed, wire, wire.count)
        // On failure ldns has freed it already.
        guard status == LDNS_STATUS_OK, let packet = parsed else {
            throw Fault(
                fr: "ce n'est pas un message DNS : « \(words(for: status)) »",
                en: "not a DNS message: \(words(for: status))")
        }
        defer { ldns_pkt_free(packet) }
        guard ldns_pkt_id(packet) == id else {
            throw Fault(
                fr: "l'identifiant n'est pas celui de la question", en: "the id is not that of the question")
        }
        guard ldns_pkt_qr(packet), ldns_pkt_get_opcode(packet) == LDNS_PACKET_QUERY else {
            throw Fault(
                fr: "c'est une question, pas une réponse", en: "it is a question, not an answer to one")
        }
        let code = DNSResponseCode(rawValue: UInt8(truncatingIfNeeded: ldns_pkt_get_rcode(packet).rawValue))
        try checkQuestion(of: packet, request, code)
        var room = recordLimit
        var response = DNSResponse(
            wire: Bytes(wire), transport: transport, code: code, isAuthoritative: ldns_pkt_aa(packet),
            isRecursionAvailable: ldns_pkt_ra(packet), isTruncated: ldns_pkt_tc(packet), answers: [])
        func records(_ section: UnsafeMutablePointer<ldns_rr_list>?) -> [DNSRecord] {
            var kept: [DNSRecord] = []
            for index in 0..<ldns_rr_list_rr_count(section) {
                guard room > 0, let record = record(ldns_rr_list_rr(section, index)) else {
                    response.omittedRecords += 1
                    continue
                }
                room -= 1
                kept.append(record)
            }
            return kept
        }
        response.answers = records(ldns_pkt_answer(packet))
        response.authority = records(ldns_pkt_authority(packet))
        response.additional = records(ldns_pkt_additional(packet))
        return response
    }

    /// A response repeats the question; only one that reports an error may have left it out, as a server does
    /// that could not read it.
    private static func checkQuestion(
        of packet: UnsafeMutablePointer<ldns_pkt>, _ request: DNSProbeRequest, _ code: DNSResponseCode
    ) throws(Fault) {
        let questions = ldns_pkt_question(packet)
        let count = ldns_rr_list_rr_count(questions)
        if count == 0, code != .noError, code != .nameError { return }
        guard count == 1, let question = ldns_rr_list_rr(questions, 0),
            let owner = ldns_rr_owner(question), let asked = domainName(request.name)
        else {
            throw Fault(
                fr: "elle répète \(count) questions, et non celle qui a été posée",
                en: "it repeats \(count) questions, not the one that was asked")
        }
        defer { ldns_rdf_deep_free(asked) }
        guard ldns_dname_compare(owner, asked) == 0, ldns_rr_get_type(question) == request.type.ldns,
            ldns_rr_get_class(question) == LDNS_RR_CLASS_IN
        else { throw Fault(fr: "elle répond à une autre question", en: "it answers another question") }
    }

    /// To be freed by `ldns_rdf_deep_free`; nil where the text is no domain name.
    private static func domainName(_ text: String) -> UnsafeMutablePointer<ldns_rdf>? {
        // C's text ends at a NUL, and no name of a lab has a blank or a control character in it.
        guard !text.isEmpty, text.utf8.allSatisfy({ $0 > 0x20 && $0 != 0x7F }) else { return nil }
        return ldns_dname_new_frm_str(text)
    }

    /// In ldns's English.
    private static func words(for status: ldns_status) -> String {
        ldns_get_errorstr_by_id(status).map { String(cString: $0) } ?? "ldns status \(status.rawValue)"
    }
}
