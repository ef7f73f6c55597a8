import Foundation
import GraderCore

/// The secrets by which the teacher and each student open their pages of the board. They hold until they are replaced or
/// purged, so that a link is the same after every start.
public struct AccessCodes: Sendable, Hashable, Codable {
    static let currentSchemaVersion = 1

    var schemaVersion = AccessCodes.currentSchemaVersion
    public var teacher: String
    /// By the student's id.
    public var students: [String: String]
    /// By which everybody's name on the projector is given: without it they could be computed from ids that all know. Nil in a
    /// file of before there was one.
    var pseudonymKey: String?

    /// Whose a code is.
    public enum Holder: Sendable, Hashable {
        case teacher
        case student(String)
    }

    /// A code for the teacher, and none yet for students.
    public init() {
        teacher = AccessCodes.newCode()
        students = [:]
        pseudonymKey = AccessCodes.newCode()
    }

    /// Everybody who has a code, with it.
    public var all: [(holder: Holder, code: String)] {
        [(.teacher, teacher)] + students.sorted { $0.key < $1.key }.map { (.student($0.key), $0.value) }
    }

    /// 128 bits of the system's generator (getrandom(2)) in 26 of Crockford's base-32 characters, which are hard to take
    /// for one another: a student may have to type them.
    static func newCode() -> String {
        var generator = SystemRandomNumberGenerator()
        // bounded: widened
        var rest = UInt128(generator.next() as UInt64) << 64 | UInt128(generator.next() as UInt64)
        var code: [UInt8] = []
        for _ in 0..<length {
            code.append(alphabet[Int(rest & 31)])  // bounded: 32 letters
            rest >>= 5
        }
        return String(decoding: code, as: UTF8.self)
    }

    private static let length = 26
    private static let alphabet = Array("0123456789abcdefghjkmnpqrstvwxyz".utf8)

    /// A code as somebody typed it: capitals, blanks, hyphens, and letters taken for figures do no harm.
    /// - Returns: nil for what cannot be a code.
    public static func typed(_ text: String) -> String? {
        guard text.utf8.count <= 200 else { return nil }
        var code: [UInt8] = []
        for byte in text.lowercased().utf8 where !" -\t\r\n".utf8.contains(byte) {
            switch byte {
            case UInt8(ascii: "o"): code.append(UInt8(ascii: "0"))
            case UInt8(ascii: "i"), UInt8(ascii: "l"): code.append(UInt8(ascii: "1"))
            default: code.append(byte)
            }
        }
        guard code.count == length, code.allSatisfy(alphabet.contains) else { return nil }
        return String(decoding: code, as: UTF8.self)
    }
}
