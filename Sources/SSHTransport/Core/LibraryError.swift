import CLibssh2

/// What libssh2 says went wrong: its code, by name, with the sentence it keeps beside it.
struct LibraryError: Error, Sendable, Equatable {
    var code: Code
    var detail: String

    init(_ status: Int32, detail: String = "") {
        code = Code(rawValue: status) ?? .unknown
        self.detail = detail
    }

    init(_ code: Code, detail: String = "") {
        self.code = code
        self.detail = detail
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
    var endsConnection: Bool {
        switch code {
        case .socketNone, .socketSend, .socketDisconnect, .socketReceive, .invalidMAC, .badSocket, .decrypt,
            .encrypt, .compress, .zlib, .outOfBoundary, .allocation:
            true
        default: false
        }
    }

    /// libssh2.h, "Error Codes".
    enum Code: Int32, Sendable {
        case socketNone = -1
        case bannerReceive = -2
        case bannerSend = -3
        case invalidMAC = -4
        case kexFailure = -5
        case allocation = -6
        case socketSend = -7
        case keyExchangeFailure = -8
        case timeout = -9
        case hostKeyInit = -10
        case hostKeySign = -11
        case decrypt = -12
        case socketDisconnect = -13
        case `protocol` = -14
        case passwordExpired = -15
        case file = -16
        case methodNone = -17
        case authenticationFailed = -18
        case publicKeyUnverified = -19
        case channelOutOfOrder = -20
        case channelFailure = -21
        case channelRequestDenied = -22
        case channelUnknown = -23
        case channelWindowExceeded = -24
        case channelPacketExceeded = -25
        case channelClosed = -26
        case channelEOFSent = -27
        case scpProtocol = -28
        case zlib = -29
        case socketTimeout = -30
        case sftpProtocol = -31
        case requestDenied = -32
        case methodNotSupported = -33
        case invalid = -34
        case invalidPollType = -35
        case publicKeyProtocol = -36
        case again = -37
        case bufferTooSmall = -38
        case badUse = -39
        case compress = -40
        case outOfBoundary = -41
        case agentProtocol = -42
        case socketReceive = -43
        case encrypt = -44
        case badSocket = -45
        case knownHosts = -46
        case channelWindowFull = -47
        case keyFileAuthenticationFailed = -48
        case randomGenerator = -49
        case missingUserAuthBanner = -50
        case algorithmUnsupported = -51
        case macFailure = -52
        case hashInit = -53
        case hashCalculation = -54
        case unknown = -32768
    }
}
