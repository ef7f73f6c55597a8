import CLibssh2
import Foundation
import GraderCore

/// The two byte buffers between libssh2 and whoever moves the bytes; libssh2 reaches it through the session's
/// `abstract` pointer.
final class Wire {
    var inbound = ByteQueue()
    var outbound = ByteQueue()
    /// Nothing more will come.
    var isAtEnd = false
    /// Nothing more may be sent: the session is being taken down.
    var isSevered = false
    /// Bytes libssh2 holds for this session.
    var allocated = 0
    /// Where they are.
    var blocks: Set<UnsafeMutableRawPointer> = []
    /// See `SessionMemory`.
    var needsRoomBehind = false
    /// What the other side said when it ended the session (RFC 4253, section 11.1), made printable.
    private(set) var farewell: String?
    /// The answer to one prompt of keyboard-interactive authentication; nil once it was given.
    var promptAnswer: Secret?

    static func of(_ abstract: UnsafeMutablePointer<UnsafeMutableRawPointer?>?) -> Wire? {
        guard let object = abstract?.pointee else { return nil }
        return Unmanaged<Wire>.fromOpaque(object).takeUnretainedValue()
    }

    /// Bytes, or `-EAGAIN` when there are none, 0 at the end (libssh2_session_callback_set(3)).
    static let receive: bascule_receive_function = { _, buffer, length, _, abstract in
        guard let wire = of(abstract), let buffer, !wire.isSevered else { return -Int(ECONNRESET) }
        let taken = wire.inbound.take(into: UnsafeMutableRawBufferPointer(start: buffer, count: length))
        if taken > 0 { return taken }
        return wire.isAtEnd ? 0 : -Int(EAGAIN)
    }

    static let disconnect: bascule_disconnect_function = { _, _, message, length, _, _, abstract in
        guard let wire = of(abstract), let message, length > 0 else { return }
        // bounded: positive, just above
        let text = UnsafeRawBufferPointer(start: message, count: min(Int(length), 160))
        wire.farewell = BannerGate.printable(text)
    }

    /// Takes everything: the peer's window bounds what can pile up here.
    static let send: bascule_send_function = { _, buffer, length, _, abstract in
        guard let wire = of(abstract), let buffer, !wire.isSevered else { return -Int(ECONNRESET) }
        wire.outbound.append(UnsafeRawBufferPointer(start: buffer, count: length))
        return length
    }
}
