import GraderCore
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
    static func sentence(for error: any Error) -> LocalizedText? {
        switch error {
        // The handshake was done, and the connection was closed without TLS's farewell: no failure of TLS.
        case NIOSSLError.uncleanShutdown:
            return nil
        case NIOSSLError.handshakeFailed(let reason):
            return LocalizedText(
                fr: "la négociation TLS a échoué : \(words(for: reason))",
                en: "the TLS handshake failed: \(words(for: reason))")
        case NIOSSLError.shutdownFailed(let reason):
            return LocalizedText(
                fr: "la session TLS n'a pas pu être terminée : \(words(for: reason))",
                en: "TLS could not be ended: \(words(for: reason))")
        case let reason as BoringSSLError:
            return LocalizedText(
                fr: "TLS a échoué : \(words(for: reason))", en: "TLS failed: \(words(for: reason))")
        case let error as NIOSSLError:
            let said = String(describing: error)
            return LocalizedText(fr: "TLS a échoué : « \(said) »", en: "TLS failed: \(said)")
        case let error as NIOSSLExtraError:
            return LocalizedText(
                fr: "TLS n'a pas pu être préparé : « \(error.description) »",
                en: "TLS could not be set up: \(error.description)")
        default: return nil
        }
    }

    private static func words(for error: BoringSSLError) -> LocalizedText {
        switch error {
        case .sslError(let stack), .unknownError(let stack), .invalidSNIName(let stack),
            .failedToSetALPN(let stack):
            guard let first = stack.first else {
                return LocalizedText(fr: "sans raison donnée", en: "no reason given")
            }
            return words(for: first)
        case .zeroReturn:
            return LocalizedText(
                fr: "le serveur a fermé la connexion TLS", en: "the server closed the TLS connection")
        case .syscallError: return LocalizedText(fr: "la connexion s'est rompue", en: "the connection broke")
        default:
            let said = String(describing: error)
            return LocalizedText(fr: "« \(said) »", en: "\(said)")
        }
    }

    /// BoringSSL's reason without its number and without the path of its source file, e.g. `wrong version
    /// number` out of `error:100000f7:SSL routines:OPENSSL_internal:WRONG_VERSION_NUMBER at …/tls_record.cc:127`.
    private static func words(for error: BoringSSLInternalError) -> LocalizedText {
        if error == .eofDuringHandshake {
            return LocalizedText(
                fr: "le serveur a fermé la connexion pendant celle-ci",
                en: "the server closed the connection in the middle of it")
        }
        let text = error.description
        guard let marker = text.firstRange(of: "OPENSSL_internal:") else {
            return LocalizedText(fr: "raison inconnue", en: "unknown reason")
        }
        let reason = text[marker.upperBound...].prefix { $0.isUppercase || $0.isNumber || $0 == "_" }
        switch reason {
        case "WRONG_VERSION_NUMBER", "HTTP_REQUEST", "HTTPS_PROXY_REQUEST":
            return LocalizedText(
                fr: "ce qui répond sur ce port ne parle pas TLS",
                en: "what answers does not speak TLS on this port")
        default:
            let said = reason.lowercased().replacing("_", with: " ")
            return LocalizedText(fr: "« \(said) »", en: "\(said)")
        }
    }
}
