import CLibssh2
import Foundation
import GraderCore

/// Signs for a key that libssh2 does not hold itself: one that stays in the agent, RSA, which libssh2 1.10 signs with
/// SHA-1 only, or an Ed25519 key of ours.
protocol SSHSigner: AnyObject {
    /// For messages.
    var name: String { get }
    /// The public key, beginning with the name of the signature algorithm to ask the server for.
    var publicKey: [UInt8] { get }
    /// Starts signing; `done` gets the bare signature, or nil where it failed. It may be called at once.
    func sign(_ data: [UInt8], done: @escaping ([UInt8]?) -> Void)
}

/// The state of one signature between libssh2's calls, which come again until there is an answer.
final class PendingSignature {
    enum State {
        case notStarted
        case started
        case signed([UInt8]?)
    }
    let signer: any SSHSigner
    var state = State.notStarted
    weak var machine: SSHMachine?

    init(signer: any SSHSigner, machine: SSHMachine) {
        self.signer = signer
        self.machine = machine
    }

    func step(_ data: [UInt8]) -> [UInt8]?? {
        if case .notStarted = state {
            state = .started
            signer.sign(data) { [weak self] signature in
                guard let self else { return }
                self.state = .signed(signature)
                self.machine?.pump()
            }
        }
        if case .signed(let signature) = state { return .some(signature) }
        return nil
    }
}

extension SSHMachine {
    /// One step of public key authentication with a signature made elsewhere; a libssh2 status.
    func authenticate(user: String, signer: any SSHSigner) -> Int32 {
        let pending: PendingSignature
        if let current = pendingSignature, current.signer === signer {
            pending = current
        } else {
            pending = PendingSignature(signer: signer, machine: self)
            pendingSignature = pending
        }
        var abstract: UnsafeMutableRawPointer? = Unmanaged.passUnretained(pending).toOpaque()
        return libssh2_userauth_publickey(
            session, user, signer.publicKey, signer.publicKey.count,
            { _, signature, length, data, count, abstract in
                guard let object = abstract?.pointee, let signature, let length, let data else {
                    return LIBSSH2_ERROR_BAD_USE
                }
                let pending = Unmanaged<PendingSignature>.fromOpaque(object).takeUnretainedValue()
                let toSign = Array(UnsafeBufferPointer(start: data, count: count))
                guard let answer = pending.step(toSign) else { return LIBSSH2_ERROR_EAGAIN }
                // libssh2 frees it with its allocator, which is malloc(3)'s here.
                guard let bytes = answer, let copy = malloc(max(bytes.count, 1)) else {
                    return LIBSSH2_ERROR_AGENT_PROTOCOL
                }
                copy.copyMemory(from: bytes, byteCount: bytes.count)
                signature.pointee = copy.assumingMemoryBound(to: UInt8.self)
                length.pointee = bytes.count
                return 0
            }, &abstract)
    }

    /// One step of keyboard-interactive authentication (RFC 4256); a libssh2 status. ``Wire/promptAnswer`` answers the
    /// first prompt of all rounds that hides what is typed; every other gets an empty answer.
    func authenticateByPrompts(user: String) -> Int32 {
        libssh2_userauth_keyboard_interactive_ex(
            session, user, UInt32(user.utf8.count),
            { _, _, _, _, count, prompts, responses, abstract in
                guard let wire = Wire.of(abstract), let prompts, let responses else { return }
                for index in 0..<Int(count) {  // bounded: how many prompts the library read
                    guard prompts[index].echo == 0,
                        let answer = wire.promptAnswer.map({ Array($0.reveal().utf8) }),
                        let copy = malloc(max(answer.count, 1))
                    else { continue }
                    wire.promptAnswer = nil
                    copy.copyMemory(from: answer, byteCount: answer.count)
                    responses[index].text = copy.assumingMemoryBound(to: CChar.self)
                    responses[index].length = UInt32(answer.count)
                }
            })
    }
}
