import GraderCore
import NIOCore
import NIOHTTP1
import NIOSSL

/// NIO's own handlers for one request: TLS where asked for, the request's encoder, the response's decoder.
enum HTTPClientHandlers {
    /// What a response head (or trailer) may have at most; beyond it there is no response. the usual servers' defaults
    /// for requests are of this size (`LimitRequestFieldSize`, `LimitRequestFields`).
    static var headLimits: NIOHTTPDecoderLimitConfiguration {
        var limits = NIOHTTPDecoderLimitConfiguration()
        limits.maxHeaderFieldSize = 16 * 1024
        limits.maxHeaderListSize = 128 * 1024
        limits.maxHeaderFieldCount = 256
        return limits
    }

    /// The decoder's type, made by whoever comes first while the others wait.
    ///
    /// Two threads that both need it for the first time can crash in Swift 6.3's runtime
    /// (`isCanonicalStaticallySpecializedGenericMetadata` of a superclass that is not there yet): 53 of 3,000
    /// processes that did nothing else, none with this.
    private static let decoderType: ByteToMessageHandler<HTTPResponseDecoder>.Type =
        ByteToMessageHandler<HTTPResponseDecoder>.self

    /// In their order in a pipeline, the connection's side first.
    /// - Throws: what NIOSSL says where TLS cannot be set up.
    static func make(for request: HTTPProbeRequest) throws -> [any ChannelHandler] {
        let tls = request.tls ? [try TLSClient.handler(serverName: request.serverName)] : []
        let decoder = decoderType.init(
            HTTPResponseDecoder(
                leftOverBytesStrategy: .dropBytes, informationalResponseStrategy: .drop,
                limitConfiguration: headLimits))
        return tls + [HTTPRequestEncoder(), decoder]
    }
}

extension HTTPRequestHead {
    /// Asks once, over a connection of its own.
    init(_ request: HTTPProbeRequest) {
        self.init(
            version: .http1_1, method: .GET, uri: request.target,
            headers: [
                "Host": request.host, "User-Agent": request.userAgent, "Accept": "*/*", "Connection": "close",
            ])
    }
}
