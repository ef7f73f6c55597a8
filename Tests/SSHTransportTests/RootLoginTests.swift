import GraderCore
import Testing

@testable import SSHTransport

/// What `su` and `sudo` say, taken down from Debian 12's (util-linux 2.38, sudo 1.9.13).
@Suite struct RootLoginTests {
    private func error(_ login: inout RootLogin, _ text: String) -> RootLogin.Step {
        Array(text.utf8).withUnsafeBytes { login.receiveError($0) }
    }
    private func output(_ login: inout RootLogin, _ text: String) -> RootLogin.Step {
        Array(text.utf8).withUnsafeBytes { login.receive($0) }
    }

    /// Once the log-in shell ran what it was given.
    private var begun: RootLogin {
        var login = RootLogin()
        _ = output(&login, "bascule-shell\n")
        return login
    }

    @Test func thePasswordIsSentOnceAndTheScriptAfterIt() {
        var login = RootLogin()
        #expect(output(&login, "noise of a .bashrc\nbascule-shell\n") == .nothing)
        #expect(error(&login, "Pass") == .nothing)
        #expect(error(&login, "word: ") == .sendPassword)
        #expect(error(&login, "\n") == .nothing)
        #expect(output(&login, "bascule-") == .nothing)
        #expect(output(&login, "root\n") == .sendScript)
        #expect(output(&login, "bascule-ready\n1 D\n") == .ready(rest: Array("1 D\n".utf8)))
    }

    @Test func noPasswordIsAskedFor() {
        var login = RootLogin()
        #expect(output(&login, "bascule-shell\nbascule-root\n") == .sendScript)
    }

    /// The password goes to su alone, and the script to root's shell.
    @Test func whatAProfilePrintsIsNoPrompt() {
        var login = RootLogin()
        #expect(error(&login, "Password: ") == .nothing)
        #expect(output(&login, "bascule-root\nbascule-ready\n") == .nothing)
        #expect(output(&login, "bascule-shell\n") == .nothing)
        #expect(error(&login, "Password: ") == .sendPassword)
        #expect(error(&login, "su: Authentication failure\n") == .nothing)
        #expect(
            login.reason(.su(password: Secret("x"))).en.contains("root's password in the roster is wrong"))
    }

    @Test func sudoAsksAgain() {
        var login = begun
        #expect(error(&login, "bascule-password:") == .sendPassword)
        #expect(error(&login, "Sorry, try again.\nbascule-password:") == .refused)
        #expect(
            login.reason(.sudo(password: Secret("x"))).en.contains("password for sudo in the roster is wrong")
        )
    }

    @Test(arguments: [
        ("su: Authentication failure\n", "root's password in the roster is wrong"),
        ("su: Permission denied\n", "pam_wheel"),
        ("something new\n", "it said \"something new\""),
        ("", "it said nothing"),
    ])
    func whySuRefuses(_ said: String, _ reason: String) {
        var login = begun
        _ = error(&login, "Password: ")
        _ = error(&login, said)
        #expect(login.reason(.su(password: Secret("x"))).en.contains(reason))
    }

    @Test(arguments: [
        ("etu is not in the sudoers file.\n", "the sudoers file does not let"),
        ("sudo: a password is required\n", "the roster gives none"),
        ("/usr/bin/env: '/usr/bin/sudo': No such file or directory\n", "Debian has none by default"),
    ])
    func whySudoRefuses(_ said: String, _ reason: String) {
        var login = begun
        _ = error(&login, said)
        #expect(login.reason(.sudo(password: nil)).en.contains(reason))
    }

    @Test func aShellThatPrintsWithoutEnd() {
        var login = RootLogin()
        #expect(output(&login, String(repeating: "x", count: 70_000)) == .refused)
    }
}
