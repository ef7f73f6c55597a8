"""Answers for both nodes of as many pairs as are asked for, as one recorded pair did.

An SSH server (asyncssh) that runs nothing: a command is looked up in a pair's recorded evidence, and what it brought
back then is sent again. Connections through it (direct-tcpip) get the recorded page and the recorded DNS answers.
Which node is meant follows from the address that was dialled: the even ones are serv1, the odd ones serv2.
"""

import asyncio
import base64
import json
import re
import shlex
import struct
import sys

import asyncssh

import simulation

BATCH = re.compile(
    r"\(exec 2>&3 3>&-[^;]*; exec (.*?)\); s=\$\?\nprintf '\\036([0-9a-f]+\.[0-9]+) %s\\036' \$s; printf '\\036\2\\036' >&3",
    re.DOTALL,
)
# `(exec …; exec /usr/bin/env -i PATH=… LC_ALL=… HOME="$HOME" /usr/bin/timeout -k 1 10.000 words) && printf …`
SINGLE = re.compile(
    r"\(exec 2>&3 3>&-[^;]*; exec /usr/bin/env -i (?:[A-Z_]+=\S+ )+/usr/bin/timeout -k 1 [0-9.]+ (.*)\) && printf",
    re.DOTALL,
)


def raw(value):
    """The bytes of a stored text: a string, or base64 where it was none."""
    return base64.b64decode(value["base64"]) if isinstance(value, dict) else value.encode()


class Recording:
    """What a pair brought back, by node and command."""

    def __init__(self, file):
        with open(file, encoding="utf-8") as stream:
            evidence = json.load(stream)
        self.nonce = evidence["nonce"]
        self.commands = {"serv1": {}, "serv2": {}}
        self.dns = {}
        self.open_ports = {}
        self.page = b""
        for observation in simulation.expanded(evidence["observations"]):
            outcome = observation["outcome"]
            if "command" in outcome:
                command = outcome["command"]
                result = command["result"]
                answer = (
                    result["ending"].get("exited", 1),
                    raw(result["standardOutput"]),
                    raw(result["standardError"]),
                )
                node = self.commands[observation["id"].split("/")[0]]
                node.setdefault(tuple(command["arguments"]), answer)
                continue
            if probe := simulation.network_command(outcome):
                self.commands["serv2"][tuple(probe)] = self.seen(outcome)
            if "dns" in outcome:
                wire = outcome["dns"]["answer"].get("response", {}).get("wire")
                if wire:
                    wire = raw(wire)
                    self.dns[self.question(wire)] = wire
            elif "http" in outcome:
                request = outcome["http"]["request"]
                response = outcome["http"]["answer"].get("response")
                if response:
                    self.open_ports[(request["address"], request["port"])] = self.http(response)

    @classmethod
    def seen(cls, outcome):
        """Exit status and outputs for other programs, which have a node look at the network: as many bytes as were
        seen, since nobody reads them."""
        if response := outcome.get("http", {}).get("answer", {}).get("response"):
            return 0, cls.http(response), b""
        if response := outcome.get("dns", {}).get("answer", {}).get("response"):
            return 0, base64.b64encode(raw(response["wire"])) + b"\n", b""
        return (0 if outcome.get("port", {}).get("state") == "open" else 1), b"", b""

    @staticmethod
    def http(response):
        body = raw(response["body"])
        head = b"HTTP/1.1 %d OK\r\nServer: Apache\r\nContent-Type: text/html\r\nContent-Length: %d\r\n" % (
            response["status"],
            len(body),
        )
        return head + b"Connection: close\r\n\r\n" + body

    @staticmethod
    def question(message):
        """Name and type of the question (RFC 1035, section 4.1.2), as bytes."""
        end = message.index(b"\0", 12)
        return message[12 : end + 3].lower()

    def answer(self, node, argv, nonce):
        """Exit status and both outputs. A word made for a run stands for the recorded run's."""
        if argv == ["id", "-u"]:
            return 0, b"0\n", b""
        known = self.commands[node]
        found = known.get(tuple(argv))
        if found is None and nonce:
            found = known.get(tuple(self.nonce if word == nonce else word for word in argv))
        if found is None:
            return 1, b"", b"not recorded\n"
        status, output, error = found
        if nonce:
            output = output.replace(self.nonce.encode(), nonce.encode())
        return status, output, error


class Node(asyncssh.SSHServer):
    """One log-in to one of the two nodes, by the address that was dialled."""

    def __init__(self, recording):
        self.recording = recording

    def connection_made(self, connection):
        last = int(connection.get_extra_info("sockname")[0].rsplit(".", 1)[1])
        self.name = "serv2" if last % 2 else "serv1"
        self.known = self.recording.commands[self.name]
        connection.set_extra_info(node=self)

    def begin_auth(self, username):
        return True

    def answer(self, argv):
        # The word that a run puts into its web requests is the last of what asks for their traces.
        is_word = bool(argv) and re.fullmatch(r"[0-9a-f]{8,16}", argv[-1])
        return self.recording.answer(self.name, argv, argv[-1] if is_word else None)

    def connection_requested(self, host, port, original_host, original_port):
        if port == 53:
            return self.resolve
        page = self.recording.open_ports.get((host, port))
        if page is None:
            raise asyncssh.ChannelOpenError(asyncssh.OPEN_CONNECT_FAILED, "Connection refused")

        async def serve(reader, writer):
            if await reader.read(65536):
                writer.write(page)
            writer.close()

        return serve

    async def resolve(self, reader, writer):
        try:
            while True:
                size = struct.unpack(">H", await reader.readexactly(2))[0]
                query = await reader.readexactly(size)
                reply = self.recording.dns.get(Recording.question(query))
                if reply is None:  # REFUSED, with the question again
                    reply = query[:2] + b"\x84\x05" + query[4:]
                else:
                    reply = query[:2] + reply[2:]
                writer.write(struct.pack(">H", len(reply)) + reply)
        except (asyncio.IncompleteReadError, asyncssh.Error):
            pass
        writer.close()


def run(node, script):
    """What the shell would have done with the client's script: exit status and both outputs."""
    single = SINGLE.search(script)
    if not single:
        return 127, b"", b"no such script\n"
    argv = shlex.split(single.group(1))
    out, err = b"\x1ebascule\x1e", b"\x1ebascule\x1e"
    batch = BATCH.findall(argv[2]) if argv[:2] == ["sh", "-c"] else []
    if batch:
        status = 0
        for words, mark in batch:
            code, output, error = node.answer(shlex.split(words))
            out += output + f"\x1e{mark} {code}\x1e".encode()
            err += error + f"\x1e{mark}\x1e".encode()
    else:
        status, output, error = node.answer(argv)
        out, err = out + output, err + error
    return status, out, err + (b"\x1ebascule:0\x1e" if status == 0 else b"")


def run_line(node, line):
    """The same for other programs, which send a command line: the command itself, or in a shell's words."""
    argv = shlex.split(line)
    while argv[:2] in (["/bin/sh", "-c"], ["sh", "-c"]) and len(argv) == 3 and tuple(argv) not in node.known:
        argv = shlex.split(argv[2])
    return node.answer(argv)


async def process(process):
    node = process.get_extra_info("node")
    if process.command == "exec /bin/sh":
        script = (await process.stdin.read()).decode()
        await asyncio.sleep(pace)
        status, out, err = run(node, script)
    else:
        status, out, err = run_line(node, process.command or "true")
    process.stdout.write(out)
    process.stderr.write(err)
    process.exit(status)


# Seconds that every command takes.
pace = 0.0


async def main(evidence, host_key, client_key, port):
    recording = Recording(evidence)
    await asyncssh.listen(
        "0.0.0.0",
        port,
        backlog=1024,
        reuse_address=True,
        reuse_port=True,
        server_factory=lambda: Node(recording),
        server_host_keys=[host_key],
        authorized_client_keys=client_key,
        process_factory=process,
        encoding=None,
        allow_pty=False,
    )
    print("ready", flush=True)
    # Ends with whoever started it.
    await asyncio.get_running_loop().run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    pace = float(sys.argv[5]) if len(sys.argv) > 5 else 0.0
    asyncio.run(main(sys.argv[1], sys.argv[2], sys.argv[3], int(sys.argv[4])))
