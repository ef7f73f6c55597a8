import GraderCore
import InputFiles

/// What one `ssh:` section says; everything may be left to the section around it. Resolving the sections of
/// defaults, student and node, the innermost first, gives a log-in.
struct SSHSettings {
    var user: String?
    var port: Int?
    var identityFiles: [String]?
    var passphrase: SecretSource?
    var agent: Bool?
    var password: SecretSource?
    var knownHosts: String?
    var becomeMethod: BecomeSpec.Method?
    var becomePassword: SecretSource?
    /// The nearest host to go through, at most one; empty for `proxyJump: none`.
    var jump: [JumpSettings]?

    func over(_ outer: SSHSettings) -> SSHSettings {
        // Root's password for su is not the account's for sudo: another method leaves the outer password behind.
        let sameMethod = becomeMethod == nil || becomeMethod == outer.becomeMethod
        return SSHSettings(
            user: user ?? outer.user, port: port ?? outer.port,
            identityFiles: identityFiles ?? outer.identityFiles, passphrase: passphrase ?? outer.passphrase,
            agent: agent ?? outer.agent, password: password ?? outer.password,
            knownHosts: knownHosts ?? outer.knownHosts, becomeMethod: becomeMethod ?? outer.becomeMethod,
            becomePassword: becomePassword ?? (sameMethod ? outer.becomePassword : nil),
            jump: jump ?? outer.jump)
    }

    private var authenticates: Bool { identityFiles != nil || agent != nil || password != nil }

    /// - Parameters:
    ///   - port: of the log-in where it names one; stronger than the section's.
    ///   - position: of what lacks, where something does.
    func login(
        host: String, port: Int?, knownHosts: String, at position: InputPosition, mistakes: InputMistakes
    ) -> NodeLogin {
        let account = user ?? "root"
        let identityFiles = identityFiles ?? []
        // An agent is asked where it was named, or where there is nothing else: each key that it offers counts
        // as a failed attempt with the server.
        let useAgent = agent ?? (identityFiles.isEmpty && password == nil)
        if identityFiles.isEmpty, password == nil, !useAgent {
            mistakes.add(
                position,
                LocalizedText(
                    fr: "aucun moyen de se connecter à \(host)", en: "there is no way to log in to \(host)"),
                expected: LocalizedText(
                    fr: "identityFile, agent: true ou un mot de passe sous ssh",
                    en: "an identityFile, agent: true or a password under ssh"),
                about: "authentication")
        }
        let method = becomeMethod ?? .none
        if method == .su, becomePassword == nil, account != "root" {
            mistakes.add(
                position,
                LocalizedText(
                    fr: "su sur \(host) demande le mot de passe de root",
                    en: "su on \(host) needs root's password"),
                expected: LocalizedText(
                    fr: "passwordFile, passwordEnvironment ou askPassword sous become",
                    en: "passwordFile, passwordEnvironment or askPassword under become"),
                about: "become")
        }
        // sudo asks for the account's own password, which is the one it logged in with.
        let becomePassword = becomePassword ?? (method == .sudo ? password : nil)
        return NodeLogin(
            host: host, port: port ?? self.port ?? 22, user: account, identityFiles: identityFiles,
            passphraseSource: passphrase, useAgent: useAgent, password: password,
            knownHostsFile: self.knownHosts ?? knownHosts,
            become: BecomeSpec(method: method, password: method == .none ? nil : becomePassword),
            jumps: jump?.first?.logins(from: self, knownHosts: knownHosts, mistakes: mistakes) ?? [])
    }

    struct JumpSettings {
        var host: String
        var port: Int?
        var position: InputPosition
        var settings: SSHSettings

        /// The hops, the first to be dialled first. What is not said of a hop is as on the host behind it; keys
        /// and passwords go together, so that one section's key is never mixed with another's password.
        func logins(from outer: SSHSettings, knownHosts: String, mistakes: InputMistakes) -> [NodeLogin] {
            var own = settings
            own.user = own.user ?? outer.user
            own.knownHosts = own.knownHosts ?? outer.knownHosts
            if !own.authenticates {
                own.identityFiles = outer.identityFiles
                own.passphrase = outer.passphrase
                own.agent = outer.agent
                own.password = outer.password
            }
            var last = own.login(
                host: host, port: port, knownHosts: knownHosts, at: position, mistakes: mistakes)
            let before = last.jumps
            last.jumps = []
            return before + [last]
        }
    }
}
