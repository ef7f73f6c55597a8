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
    /// The log-in shell's own words, for messages.
    private(set) var output: [UInt8] = []
    private(set) var complaint: [UInt8] = []
    private var hasSentPassword = false
    /// Whether the log-in shell ran what it was given.
    private(set) var hasShell = false

    private var outputCount = 0
    private var shell = MarkSearch(Array("\(RootShellScript.shellMark)\n".utf8))
    private var root = MarkSearch(Array("\(RootShellScript.rootMark)\n".utf8))
    private var ready = MarkSearch(Array("\(RootShellScript.readyMark)\n".utf8))
    private var asksAgain = [RootShellScript.sudoPrompt, "try again"].map { MarkSearch(Array($0.utf8)) }

    private static let outputLimit = 64 * 1024
    private static let complaintLimit = 4096
    private static let prompts = [RootShellScript.sudoPrompt, "assword: "].map { Array($0.utf8) }

    /// Bytes looked at for marks.
    var examined: Int { ([shell, root, ready] + asksAgain).reduce(0) { $0 + $1.examined } }

    mutating func receive(_ bytes: UnsafeRawBufferPointer) -> Step {
        guard phase != .done else { return .nothing }
        outputCount += bytes.count
        var bytes = bytes
        if !hasShell, let end = shell.feed(bytes) {
            hasShell = true
            bytes = UnsafeRawBufferPointer(rebasing: bytes[end...])
            // What the log-in shell complained of is nothing that su or sudo said.
            complaint = []
        }
        // What its profile prints is no answer to what was not asked yet.
        if hasShell, phase == .authenticating, root.feed(bytes) != nil {
            phase = .starting
            outputCount = 0
            return .sendScript
        }
        // What the helper says comes after it was sent.
        if phase == .starting, let end = ready.feed(bytes) {
            phase = .done
            return .ready(rest: Array(bytes[end...]))
        }
        if !hasShell { output.append(contentsOf: bytes.prefix(max(0, Self.complaintLimit - output.count))) }
        // A log-in shell that prints without end.
        return outputCount >= Self.outputLimit ? refuse() : .nothing
    }

    /// Standard error: prompts, and why not.
    mutating func receiveError(_ bytes: UnsafeRawBufferPointer) -> Step {
        guard phase == .authenticating else { return .nothing }
        // bounded: never more is kept
        complaint.append(contentsOf: bytes.prefix(Self.complaintLimit - complaint.count))
        guard hasShell else { return .nothing }
        if !hasSentPassword {
            guard Self.prompts.contains(where: { complaint.suffix($0.count).elementsEqual($0) }) else {
                return .nothing
            }
            hasSentPassword = true
            // The prompt says nothing about why.
            complaint = []
            return .sendPassword
        }
        // sudo would ask up to three times; it is told once.
        for index in asksAgain.indices where asksAgain[index].feed(bytes) != nil { return refuse() }
        return .nothing
    }

    private mutating func refuse() -> Step {
        phase = .done
        return .refused
    }

    /// What the words of su(1) or sudo(8) come to.
    func reason(_ become: Become) -> LocalizedText {
        let text = BannerGate.printable(complaint)
        let tool = become.tool
        func says(_ words: String...) -> Bool { words.contains { text.contains($0) } }
        if says("not in the sudoers", "is not allowed to", "may not run sudo") {
            return LocalizedText(
                fr: """
                    le fichier sudoers ne permet pas à cet utilisateur de devenir root : l'ajouter au groupe sudo, \
                    ou passer par su
                    """,
                en: """
                    the sudoers file does not let this user become root: add the user to the group sudo, or use su
                    """)
        }
        if says("a password is required", "a terminal is required") && !hasSentPassword {
            return LocalizedText(
                fr: "sudo demande un mot de passe que la liste de classe ne donne pas : l'y ajouter",
                en: "sudo asks for a password and the roster gives none: add it there")
        }
        if says("Authentication failure", "try again", "incorrect password", "no password was provided") {
            return tool == "su"
                ? LocalizedText(
                    fr: "le mot de passe de root donné dans la liste de classe est faux, ou root n'en a pas",
                    en: "root's password in the roster is wrong, or root has none")
                : LocalizedText(
                    fr: "le mot de passe de sudo donné dans la liste de classe est faux",
                    en: "the password for sudo in the roster is wrong")
        }
        if says("No such file", "not found") {
            return tool == "su"
                ? LocalizedText(
                    fr: "su n'existe pas sur la machine : vérifier ce qu'est cette machine",
                    en: "there is no \(tool) on the node: check what the machine is")
                : LocalizedText(
                    fr: """
                        sudo n'existe pas sur la machine (Debian ne l'installe pas d'office) : passer par su, avec \
                        le mot de passe de root
                        """,
                    en:
                        "there is no sudo on the node (Debian has none by default): use su with root's password"
                )
        }
        if says("Permission denied") {
            return LocalizedText(
                fr: """
                    PAM ne permet pas à cet utilisateur d'employer \(tool) (pam_wheel ?) : voir /etc/pam.d/\(tool) \
                    sur la machine
                    """,
                en: "PAM does not let this user use \(tool) (pam_wheel?): see /etc/pam.d/\(tool) on the node")
        }
        let said = LocalizedText.said(text.prefix(200))
        return LocalizedText(
            fr: "\(tool) n'a pas marché (\(said)) : essayer à la main sur la machine",
            en: "\(tool) did not work (\(said)): try it by hand on the node")
    }
}

extension Become {
    /// For sentences.
    var tool: String { if case .su = self { "su" } else { "sudo" } }
}
