import Foundation
import GraderCore
import Reports

/// Where and how a board is to be reached.
public struct BoardSettings: Sendable {
    /// The address that is listened on, and the port; 0 for any that is free.
    public var address: String
    public var port: Int
    /// PEM files; nil: plain HTTP.
    public var certificate: String?
    public var key: String?
    /// Names that people may call this machine by, besides its addresses and `localhost`.
    public var names: Set<String> = []
    /// Of pages where a browser asks for neither French nor English.
    public var language: Language
    public var theme: PageTheme?

    public init(address: String, port: Int, language: Language) {
        self.address = address
        self.port = port
        self.language = language
    }

    public var isSecure: Bool { certificate != nil }

    /// Whether only programs of this machine can reach it.
    public var isLoopback: Bool {
        address == "localhost" || address == "::1"
            || IPAddress(address).map { $0.description.hasPrefix("127.") } ?? false
    }

    /// Whether a request may name this host (`Host`, RFC 9110, section 7.2). An address in figures is taken: a page of
    /// somebody else's that had its own name lead here (DNS rebinding) would send that name.
    func accepts(host: String?) -> Bool {
        guard let host, let components = URLComponents(string: "//\(host)"), let name = components.host,
            components.user == nil, components.path.isEmpty, components.query == nil
        else { return false }
        let bare = name.trimmingCharacters(in: CharacterSet(charactersIn: "[]"))
        return IPAddress(bare) != nil || bare.contains(":") || bare == "localhost"
            || names.contains(bare.lowercased())
    }

    /// Whether a request comes from a page of this board's: its origin (RFC 6454) is where it was sent to.
    func isOwn(origin: String?, host: String?) -> Bool {
        guard let origin, let host else { return false }
        return origin.lowercased() == "\(isSecure ? "https" : "http")://\(host.lowercased())"
    }
}
