import NIOCore
import NIOSSL

/// The grader's side of TLS: it wants to see the page, not to trust the server, so no certificate is verified.
enum TLSClient {
    private static let context: Result<NIOSSLContext, any Error> = Result {
        var configuration = TLSConfiguration.makeClientConfiguration()
        // Self-signed is normal in a lab, and the address is the student's whatever the certificate says.
        configuration.certificateVerification = .none
        // Nothing is verified, so the system's roots need not be read.
        configuration.trustRoots = .certificates([])
        return try NIOSSLContext(configuration: configuration)
    }

    /// - Parameter serverName: for SNI; never an address.
    static func handler(serverName: String?) throws -> NIOSSLClientHandler {
        try NIOSSLClientHandler(context: context.get(), serverHostname: serverName)
    }

    /// The words for an error of TLS, nil for any other.
    static func sentence(for error: any Error) -> String? {
        switch error {
        // The handshake was done, and the connection was closed without TLS's farewell: no failure of TLS.
        case NIOSSLError.uncleanShutdown: nil
        case NIOSSLError.handshakeFailed(let reason): "the TLS handshake failed: \(words(for: reason))"
        case NIOSSLError.shutdownFailed(let reason): "TLS could not be ended: \(words(for: reason))"
        case let reason as BoringSSLError: "TLS failed: \(words(for: reason))"
        case let error as NIOSSLError: "TLS failed: \(error)"
        case let error as NIOSSLExtraError: "TLS could not be set up: \(error.description)"
        default: nil
        }
    }

    private static func words(for error: BoringSSLError) -> String {
        switch error {
        case .sslError(let stack), .unknownError(let stack), .invalidSNIName(let stack),
            .failedToSetALPN(let stack):
            guard let first = stack.first else { return "no reason given" }
            return words(for: first)
        case .zeroReturn: return "the server closed the TLS connection"
        case .syscallError: return "the connection broke"
        default: return "\(error)"
        }
    }

    /// BoringSSL's reason without its number and without the path of its source file, e.g. `wrong version
    /// number` out of `error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER at …/tls_record.cc:127`.
    private static func words(for error: BoringSSLInternalError) -> String {
        if error == .eofDuringHandshake { return "the server closed the connection in the middle of it" }
        let text = error.description
        guard let marker = text.firstRange(of: "OPENSSL_internal:") else { return "unknown reason" }
        let reason = text[marker.upperBound...].prefix { $0.isUppercase || $0.isNumber || $0 == "_" }
        switch reason {
        case "WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST":
            return "what answers does not speak TLS on this port"
        default:
            return reason.lowercased().replacing("_", with: " ")
        }
    }
}
