import NIOCore
import NIOPosix

/// A connection to the agent at `SSH_AUTH_SOCK`, on the event loop of the log-in it serves. The agent is
/// asked for signatures only; it is never forwarded.
final class AgentConnection: ChannelInboundHandler {
    typealias InboundIn = ByteBuffer

    /// OpenSSH's agent answers with at most 256 KiB (authfd.c, MAX_AGENT_REPLY_LEN).
    private static let answerLimit: UInt32 = 256 * 1024

    private var channel: (any Channel)?
    private var isClosed = false
    private var received = ByteBuffer()
    private var waiting: [([UInt8]?) -> Void] = []

    /// Connects and asks for the keys; none where there is no agent. What comes back has to be closed, whatever the agent
    /// says: it keeps its connection open, and one that hangs says nothing.
    static func signers(
        socketPath: String, eventLoop: any EventLoop, done: @escaping ([any SSHSigner]) -> Void
    ) -> AgentConnection {
        let agent = AgentConnection()
        let bound = NIOLoopBound(agent, eventLoop: eventLoop)
        ClientBootstrap(group: eventLoop)
            .connectTimeout(.seconds(5))
            .channelInitializer { channel in
                channel.eventLoop.makeCompletedFuture {
                    try channel.pipeline.syncOperations.addHandler(bound.value)
                }
            }
            .connect(unixDomainSocketPath: socketPath)
            .assumeIsolated().whenComplete { result in
                guard case .success(let channel) = result else { return done([]) }
                agent.channel = channel
                if agent.isClosed { agent.close() }
                agent.ask(AgentMessage.requestIdentities) { answer in
                    let identities = answer.flatMap(AgentMessage.identities) ?? []
                    done(identities.compactMap { AgentSigner($0, agent: agent) })
                }
            }
        return agent
    }

    func ask(_ message: [UInt8], done: @escaping ([UInt8]?) -> Void) {
        guard let channel, channel.isActive else { return done(nil) }
        waiting.append(done)
        var buffer = ByteBuffer()
        buffer.writeInteger(UInt32(message.count))
        buffer.writeBytes(message)
        channel.writeAndFlush(buffer, promise: nil)
    }

    func close() {
        isClosed = true
        channel?.close(promise: nil)
    }

    func channelRead(context: ChannelHandlerContext, data: NIOAny) {
        received.writeImmutableBuffer(unwrapInboundIn(data))
        while let length = received.getInteger(at: received.readerIndex, as: UInt32.self) {
            guard length <= Self.answerLimit else { return close() }
            guard received.readableBytes >= 4 + Int(length) else { return }  // bounded: widened
            received.moveReaderIndex(forwardBy: 4)
            let answer = received.readBytes(length: Int(length))  // bounded: widened
            guard !waiting.isEmpty else { return close() }
            waiting.removeFirst()(answer)
        }
        received.discardReadBytes()
    }

    func channelInactive(context: ChannelHandlerContext) {
        let all = waiting
        waiting = []
        for tell in all { tell(nil) }
    }

    func errorCaught(context: ChannelHandlerContext, error: any Error) { context.close(promise: nil) }
}

/// Signs with a key that stays in the agent.
final class AgentSigner: SSHSigner {
    let name: String
    let publicKey: [UInt8]
    private let identity: AgentMessage.Identity
    private let flags: UInt32
    private let agent: AgentConnection

    /// nil for keys that cannot be used for this (certificates, hardware keys).
    init?(_ identity: AgentMessage.Identity, agent: AgentConnection) {
        switch identity.type {
        case "ssh-ed25519", "ecdsa-sha2-nistp256", "ecdsa-sha2-nistp384", "ecdsa-sha2-nistp521":
            publicKey = identity.blob
            flags = 0
        case "ssh-rsa":
            // libssh2 asks the server for the algorithm that the blob begins with; 1.10 knows only SHA-1 by
            // itself, which today's sshd refuses. 4 is SSH_AGENT_RSA_SHA2_512.
            var reader = SSHWireReader(identity.blob)
            var writer = SSHWireWriter()
            _ = reader.string()
            writer.text("rsa-sha2-512")
            writer.raw(reader.remaining)
            publicKey = writer.bytes
            flags = 4
        default: return nil
        }
        name = identity.comment.isEmpty ? identity.type : identity.comment
        self.identity = identity
        self.agent = agent
    }

    func sign(_ data: [UInt8], done: @escaping ([UInt8]?) -> Void) {
        agent.ask(AgentMessage.signRequest(blob: identity.blob, data: data, flags: flags)) { answer in
            done(answer.flatMap(AgentMessage.signature))
        }
    }
}

/// The few messages of the agent protocol that a client needs (draft-miller-ssh-agent, sections 4.4 and 4.5).
enum AgentMessage {
    static let requestIdentities: [UInt8] = [11]

    /// One key an agent holds.
    struct Identity: Equatable {
        var blob: [UInt8]
        var comment: String
        /// The first string of the blob.
        var type: String
    }

    static func signRequest(blob: [UInt8], data: [UInt8], flags: UInt32) -> [UInt8] {
        var writer = SSHWireWriter()
        writer.byte(13)
        writer.string(blob)
        writer.string(data)
        writer.uint32(flags)
        return writer.bytes
    }

    /// nil where the answer is another one.
    static func identities(_ answer: [UInt8]) -> [Identity]? {
        var reader = SSHWireReader(answer)
        guard reader.byte() == 12, let count = reader.uint32() else { return nil }
        var identities: [Identity] = []
        for _ in 0..<min(count, 64) {
            guard let blob = reader.string(), let comment = reader.string() else { return nil }
            var inner = SSHWireReader(blob)
            guard let type = inner.text() else { return nil }
            identities.append(
                Identity(blob: blob, comment: BannerGate.printable(comment.prefix(60)), type: type))
        }
        return identities
    }

    /// The signature without the name of its algorithm.
    static func signature(_ answer: [UInt8]) -> [UInt8]? {
        var reader = SSHWireReader(answer)
        guard reader.byte() == 14, let signature = reader.string() else { return nil }
        var inner = SSHWireReader(signature)
        guard inner.string() != nil else { return nil }
        return inner.string()
    }
}
