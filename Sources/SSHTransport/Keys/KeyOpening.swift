import CCrypto
import CLibssh2
import GraderCore
import Foundation

/// Has libssh2 read a private key once, without a connection, to see whether it can, and keeps what the passphrase
/// opened: libssh2 gives it back to its allocator, and that of this throw-away session is ours.
enum KeyOpening {
    /// The opened private section of an OpenSSH key, nil where none was seen (no protection, another format,
    /// or a libssh2 that wipes it first); or why libssh2 cannot read the key.
    static func open(pem: [UInt8], passphrase: Secret?) -> Result<[UInt8]?, LibraryError> {
        guard libssh2_init(0) == 0 else { return .failure(LibraryError(.allocation)) }
        let memory = WatchedMemory()
        guard
            let session = libssh2_session_init_ex(
                WatchedMemory.allocate, WatchedMemory.release, WatchedMemory.reallocate,
                Unmanaged.passUnretained(memory).toOpaque())
        else { return .failure(LibraryError(.allocation)) }
        defer { libssh2_session_free(session) }
        bascule_set_transport(session, { _, _, _, _, _ in -1 }, { _, _, _, _, _ in -1 })
        // 1.10 looks one byte beyond what it is given.
        let status = SSHUserKey.withMaterial(pem + [0], passphrase) { characters, secret in
            libssh2_userauth_publickey_frommemory(
                session, "-", 1, nil, 0, characters.baseAddress, characters.count, secret)
        }
        // With a readable key it gets as far as sending, which goes nowhere here.
        let error = LibraryError(status, detail: LibraryError.last(of: session).detail)
        guard
            error.code == .socketSend || error.code == .socketDisconnect || error.code == .publicKeyUnverified
        else { return .failure(error) }
        return .success(memory.opened)
    }
}

/// malloc(3) that remembers sizes and looks at what is given back.
private final class WatchedMemory {
    private var sizes: [UnsafeMutableRawPointer: Int] = [:]
    private(set) var opened: [UInt8]?

    private static func of(_ abstract: SessionMemory.Context?) -> WatchedMemory? {
        guard let object = abstract?.pointee else { return nil }
        return Unmanaged<WatchedMemory>.fromOpaque(object).takeUnretainedValue()
    }

    static let allocate: @convention(c) (Int, SessionMemory.Context?) -> UnsafeMutableRawPointer? = {
        count, abstract in
        let block = malloc(count)
        if let block { of(abstract)?.sizes[block] = count }
        return block
    }

    static let reallocate:
        @convention(c) (UnsafeMutableRawPointer?, Int, SessionMemory.Context?) -> UnsafeMutableRawPointer? = {
            old, count, abstract in
            let block = realloc(old, count)
            if let block, let memory = of(abstract) {
                if let old { memory.sizes[old] = nil }
                memory.sizes[block] = count
            }
            return block
        }

    static let release: @convention(c) (UnsafeMutableRawPointer?, SessionMemory.Context?) -> Void = {
        block, abstract in
        guard let block else { return }
        if let memory = of(abstract), let size = memory.sizes.removeValue(forKey: block) {
            memory.look(UnsafeRawBufferPointer(start: block, count: size))
            // A memset(3) before free(3) is what a compiler may leave out.
            OPENSSL_cleanse(block, size)
        }
        free(block)
    }

    /// An opened private section begins with the same random number twice, then the key's type.
    private func look(_ block: UnsafeRawBufferPointer) {
        guard opened == nil, block.count > 24, block[0..<4].elementsEqual(block[4..<8]) else { return }
        var reader = SSHWireReader(Array(block.dropFirst(8)))
        guard let type = reader.text(), type.hasPrefix("ssh-") || type.hasPrefix("ecdsa-sha2-") else {
            return
        }
        opened = Array(block)
    }
}
