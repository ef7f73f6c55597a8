import Foundation
import GraderCore

@testable import SSHTransport

/// An SSH server with manners of the test's choosing: asyncssh under the system's Python.
final class ScriptedServer: Sendable {
    static let python = "/usr/bin/python3"
    static let isInstalled = (try? runTool(python, ["-c", "import asyncssh"])) != nil

    private static let program = """
        import asyncio, os, sys
        import asyncssh

        accept, exec_manner, folder = sys.argv[1:4]

        class Server(asyncssh.SSHServer):
            def connection_made(self, conn):
                print("connection", flush=True)
                self.conn = conn

            def begin_auth(self, username):
                return True

            def password_auth_supported(self):
                return "password" in accept.split(",")

            def validate_password(self, username, password):
                print("attempt password", flush=True)
                return password == "right"

            def kbdint_auth_supported(self):
                return "kbdint" in accept.split(",")

            def get_kbdint_challenge(self, username, lang, submethods):
                if "kbdint" not in accept.split(","):
                    return False
                print("attempt kbdint", flush=True)
                if "long" in accept:
                    return ("", "x" * 20000, "", [("y" * 10000, False)])
                return ("name", "instruction", "", [("Login: ", True), ("Password: ", False)])

            def validate_kbdint_response(self, username, responses):
                if "rounds" in accept:
                    print("answers", responses, flush=True)
                    self.rounds = getattr(self, "rounds", 0) + 1
                    return ("", "once more", "", [("Password: ", False)]) if self.rounds < 3 else True
                if "long" in accept:
                    return responses == ["right"]
                return responses == ["", "right"]

        async def handle(process):
            if exec_manner == "nostatus":
                process.stdout.write("\\x1ebascule\\x1eout")
                process.close()
            elif exec_manner == "fakesuccess":
                process.stdout.write("\\x1ebascule\\x1eout")
                process.exit(0)
            elif exec_manner == "abort":
                process.channel.get_connection().abort()
            elif exec_manner == "flood":
                print("flood begins", flush=True)
                try:
                    while True:
                        process.stdout.write("no mark in here" * 1000)
                        await process.stdout.drain()
                finally:
                    print("flood ends", flush=True)
            elif exec_manner == "hang":
                await asyncio.sleep(1000)

        class Refusing(Server):
            def session_requested(self):
                return False

        async def main():
            key = asyncssh.generate_private_key("ssh-ed25519")
            await asyncssh.create_server(
                Refusing if exec_manner == "refuse" else Server, "127.0.0.1", int(sys.argv[4]),
                server_host_keys=[key], kex_algs=sys.argv[5].split(",") if sys.argv[5] else (),
                process_factory=None if exec_manner == "refuse" else handle)
            print("listening", flush=True)
            await asyncio.sleep(290)

        asyncio.run(main())

        """

    let port: Int
    let log: ServerLog
    private let folder: ScratchFolder
    private let process: Process

    /// - Parameters:
    ///   - accept: `password`, `kbdint`, both with a comma, `kbdint,long`, or `kbdint,rounds`.
    ///   - commands: what becomes of a command: `nostatus`, `fakesuccess`, `abort`, `flood`, `hang`, `refuse`.
    ///   - keyExchanges: all that is offered, with commas; asyncssh's own where it is empty.
    init(accept: String, commands: String = "nostatus", keyExchanges: String = "") throws {
        folder = try ScratchFolder()
        port = try freePort()
        let program = try folder.write("server.py", Self.program)
        (process, log) = try startServer(
            Self.python, [program, accept, commands, folder.path, "\(port)", keyExchanges],
            readyWhen: "listening")
    }

    deinit { process.terminate() }

    func endpoint(password: String) -> SSHEndpoint {
        SSHEndpoint(
            who: "etu1/serv1", host: "127.0.0.1", port: port, user: "etu",
            credentials: SSHCredentials(password: Secret(password)))
    }
}
