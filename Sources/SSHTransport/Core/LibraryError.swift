import CLibssh2
import GraderCore

/// What libssh2 says went wrong: its code, by name, with the sentence it keeps beside it.
struct LibraryError: Error, Sendable, Equatable {
    var code: Code
    var detail: String
    /// What we say ourselves, where it is not libssh2 that found it.
    var own: LocalizedText?

    init(_ status: Int32, detail: String = "") { self.init(Code(rawValue: status), detail: detail) }

    init(_ code: Code, detail: String = "") {
        self.code = code
        self.detail = detail
    }

    init(_ code: Code, fr: LocalizedText.Wording, en: LocalizedText.Wording) {
        let own = LocalizedText(fr: fr, en: en)
        self.init(code, detail: own.en)
        self.own = own
    }

    /// The error the session remembers.
    static func last(of session: OpaquePointer) -> LibraryError {
        var text: UnsafeMutablePointer<CChar>?
        var length: Int32 = 0
        let status = libssh2_session_last_error(session, &text, &length, 0)
        let detail = text.map { String(cString: $0) } ?? ""
        return LibraryError(status, detail: detail)
    }

    /// The connection is gone, whatever was being done with it.
    var endsConnection: Bool { Code.endings.contains(code) }

    /// libssh2.h, "Error Codes": those that something follows from.
    struct Code: RawRepresentable, Sendable, Hashable {
        let rawValue: Int32

        static let allocation = Code(rawValue: LIBSSH2_ERROR_ALLOC)
        static let socketSend = Code(rawValue: LIBSSH2_ERROR_SOCKET_SEND)
        static let socketDisconnect = Code(rawValue: LIBSSH2_ERROR_SOCKET_DISCONNECT)
        static let file = Code(rawValue: LIBSSH2_ERROR_FILE)
        static let publicKeyUnverified = Code(rawValue: LIBSSH2_ERROR_PUBLICKEY_UNVERIFIED)
        static let channelFailure = Code(rawValue: LIBSSH2_ERROR_CHANNEL_FAILURE)
        static let again = Code(rawValue: LIBSSH2_ERROR_EAGAIN)
        static let outOfBoundary = Code(rawValue: LIBSSH2_ERROR_OUT_OF_BOUNDARY)

        fileprivate static let endings: Set<Code> = [
            .allocation, .socketSend, .socketDisconnect, .outOfBoundary,
            Code(rawValue: LIBSSH2_ERROR_SOCKET_NONE), Code(rawValue: LIBSSH2_ERROR_SOCKET_RECV),
            Code(rawValue: LIBSSH2_ERROR_BAD_SOCKET), Code(rawValue: LIBSSH2_ERROR_INVALID_MAC),
            Code(rawValue: LIBSSH2_ERROR_DECRYPT), Code(rawValue: LIBSSH2_ERROR_ENCRYPT),
            Code(rawValue: LIBSSH2_ERROR_COMPRESS), Code(rawValue: LIBSSH2_ERROR_ZLIB),
        ]
    }
}
