import GraderCore

/// The conversation with `su` or `sudo` until root is had or refused: pure, so that it can be tested without
/// either.
struct RootLogin {
    enum Step: Equatable {
        case nothing
        /// The prompt has come; once only.
        case sendPassword
        /// Root: what follows goes to a shell.
        case sendScript
        /// The helper listens; the bytes after that are its first lines.
        case ready(rest: [UInt8])
        case refused
    }

    private enum Phase { case authenticating, starting, done }
    private var phase = Phase.authenticating
    private var output: [UInt8] = []
    private(set) var complaint: [UInt8] = []
    private var hasSentPassword = false

    private static let outputLimit = 64 * 1024
    private static let complaintLimit = 4096

    mutating func receive(_ bytes: UnsafeRawBufferPointer) -> Step {
        guard phase != .done else { return .nothing }
        output.append(contentsOf: bytes.prefix(Self.outputLimit))
        let mark = phase == .authenticating ? RootShellScript.rootMark : RootShellScript.readyMark
        guard let found = output.firstRange(of: Array("\(mark)\n".utf8)) else {
            // A log-in shell that prints without end.
            return output.count >= Self.outputLimit ? refuse() : .nothing
        }
        let rest = Array(output[found.upperBound...])
        output = []
        switch phase {
        case .authenticating:
            phase = .starting
            return .sendScript
        case .starting, .done:
            phase = .done
            return .ready(rest: rest)
        }
    }

    /// Standard error: prompts, and why not.
    mutating func receiveError(_ bytes: UnsafeRawBufferPointer) -> Step {
        guard phase == .authenticating else { return .nothing }
        complaint.append(contentsOf: bytes.prefix(Self.complaintLimit - complaint.count))
        let text = String(decoding: complaint, as: UTF8.self)
        if !hasSentPassword {
            guard text.hasSuffix(RootShellScript.sudoPrompt) || text.hasSuffix("assword: ") else {
                return .nothing
            }
            hasSentPassword = true
            // The prompt says nothing about why.
            complaint = []
            return .sendPassword
        }
        // sudo would ask up to three times; it is told once.
        let asksAgain = text.contains(RootShellScript.sudoPrompt) || text.contains("try again")
        return asksAgain ? refuse() : .nothing
    }

    private mutating func refuse() -> Step {
        phase = .done
        return .refused
    }

    /// What the words of su(1) or sudo(8) come to.
    func reason(_ become: Become) -> String {
        let text = BannerGate.printable(complaint)
        let tool = if case .su = become { "su" } else { "sudo" }
        func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }
        if says("not in the sudoers", "is not allowed to", "may not run sudo") {
            return
                "the sudoers file does not let this user become root: add the user to the group sudo, or use su"
        }
        if says("a password is required", "a terminal is required") && !hasSentPassword {
            return "sudo asks for a password and the roster gives none: add it there"
        }
        if says("Authentication failure", "try again", "incorrect password", "no password was provided") {
            return tool == "su"
                ? "root's password in the roster is wrong, or root has none"
                : "the password for sudo in the roster is wrong"
        }
        if says("No such file", "not found") {
            return tool == "su"
                ? "there is no \(tool) on the node: check what the machine is"
                : "there is no sudo on the node (Debian has none by default): use su with root's password"
        }
        if says("Permission denied") {
            return "PAM does not let this user use \(tool) (pam_wheel?): see /etc/pam.d/\(tool) on the node"
        }
        let said = text.isEmpty ? "it said nothing" : "it said \"\(text.prefix(200))\""
        return "\(tool) did not work (\(said)): try it by hand on the node"
    }
}
