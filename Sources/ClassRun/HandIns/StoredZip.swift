/// A zip of one member that is stored as it is (APPNOTE.TXT 6.3, sections 4.3.7, 4.3.12 and 4.3.16): a student's machine
/// need not have zip(1). Zips of others are read by unzip(1) alone.
enum StoredZip {
    static func bytes(name: String, content: [UInt8]) -> [UInt8] {
        let size = UInt32(truncatingIfNeeded: content.count)
        let name = Array(name.utf8)
        // Version 1.0, stored, and no date: 1980-01-01 is the first there is.
        let common: [UInt8] =
            word(10) + word(0) + word(0) + word(0) + word(0x21) + long(checksum(content)) + long(size)
            + long(size) + word(UInt16(name.count)) + word(0)  // bounded: a name of ours
        let local = long(0x0403_4b50) + common + name + content
        // Made on Unix; a plain file that its owner alone reads.
        let central =
            long(0x0201_4b50) + word(0x031e) + common + word(0) + word(0) + word(0) + long(0o100600 << 16)
            + long(0) + name
        let end =
            long(0x0605_4b50) + word(0) + word(0) + word(1) + word(1) + long(UInt32(central.count))
            + long(UInt32(truncatingIfNeeded: local.count)) + word(0)
        return local + central + end
    }

    /// Whether a zip begins with a member of this name.
    static func begins(_ zip: [UInt8], withMember name: String) -> Bool {
        let header = 30
        return zip.starts(with: long(0x0403_4b50)) && zip.dropFirst(header).starts(with: name.utf8)
    }

    // bounded: halves of two bytes
    private static func word(_ value: UInt16) -> [UInt8] { [UInt8(value & 0xff), UInt8(value >> 8)] }

    private static func long(_ value: UInt32) -> [UInt8] {
        word(UInt16(value & 0xffff)) + word(UInt16(value >> 16))  // bounded: halves of four bytes
    }

    /// CRC-32 (ISO 3309), bit by bit: a megabyte takes milliseconds.
    static func checksum(_ bytes: [UInt8]) -> UInt32 {
        var value = UInt32.max
        for byte in bytes {
            value ^= UInt32(byte)  // bounded: widened
            for _ in 0..<8 { value = value & 1 == 0 ? value >> 1 : value >> 1 ^ 0xedb8_8320 }
        }
        return ~value
    }
}
