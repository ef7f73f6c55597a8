import CLdns
import Foundation
import GraderCore

extension DNSCodec {
    /// One record as text; nil where it is not of class IN or ldns cannot print it.
    static func record(_ record: UnsafeMutablePointer<ldns_rr>?) -> DNSRecord? {
        guard let record, ldns_rr_get_class(record) == LDNS_RR_CLASS_IN,
            let owner = text(ldns_rr_owner(record)), let type = mnemonic(of: record)
        else { return nil }
        let fields = (0..<ldns_rr_rd_count(record)).map { ldns_rr_rdf(record, $0) }
        var result = DNSRecord(
            // bounded: widened
            name: owner, timeToLive: .seconds(Int64(ldns_rr_ttl(record))), type: type, data: "")
        guard DNSProbeRequest.RecordType(rawValue: type) != nil else {
            result.data = generic(fields)
            return result
        }
        let texts = fields.compactMap(text)
        guard texts.count == fields.count else { return nil }
        result.data = texts.joined(separator: " ")
        if type == "SOA" { result.startOfAuthority = startOfAuthority(fields, texts) }
        return result
    }

    private static func startOfAuthority(
        _ fields: [UnsafeMutablePointer<ldns_rdf>?], _ texts: [String]
    ) -> DNSRecord.StartOfAuthority? {
        // Two names, then five numbers of four bytes (RFC 1035, section 3.3.13).
        guard fields.count == 7, fields[2...].allSatisfy({ ldns_rdf_size($0) == 4 }) else { return nil }
        let numbers = fields[2...].map { ldns_rdf2native_int32($0) }
        return DNSRecord.StartOfAuthority(
            // bounded: seven fields, two of them names
            primaryServer: texts[0], mailbox: texts[1], serial: numbers[0],
            // bounded: widened; seven fields
            refresh: .seconds(Int64(numbers[1])), retry: .seconds(Int64(numbers[2])),
            // bounded: widened; seven fields
            expire: .seconds(Int64(numbers[3])), minimum: .seconds(Int64(numbers[4])))
    }

    /// RFC 3597, section 5: so the printers of types that nobody asked for need not be trusted with what a
    /// server sends.
    private static func generic(_ fields: [UnsafeMutablePointer<ldns_rdf>?]) -> String {
        var bytes: [UInt8] = []
        for field in fields {
            guard let data = ldns_rdf_data(field) else { continue }
            bytes += UnsafeBufferPointer(start: data, count: ldns_rdf_size(field))
        }
        let digits = bytes.prefix(256).map { byte in
            (byte < 16 ? "0" : "") + String(byte, radix: 16, uppercase: true)
        }
        return "\\# \(bytes.count) \(digits.joined())\(bytes.count > 256 ? "…" : "")"
    }

    private static func text(_ field: UnsafeMutablePointer<ldns_rdf>?) -> String? {
        guard let field else { return nil }
        return owned(ldns_rdf2str(field))
    }

    private static func mnemonic(of record: UnsafeMutablePointer<ldns_rr>) -> String? {
        owned(ldns_rr_type2str(ldns_rr_get_type(record)))
    }

    /// C's text as a value, the original freed.
    private static func owned(_ text: UnsafeMutablePointer<CChar>?) -> String? {
        guard let text else { return nil }
        defer { free(text) }
        return String(cString: text)
    }
}

extension DNSProbeRequest.RecordType {
    var ldns: ldns_rr_type { ldns_get_rr_type_by_name(rawValue) }
}
