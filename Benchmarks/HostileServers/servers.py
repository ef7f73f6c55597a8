"""SSH servers that cost whoever logs in as much as they can; each port of the given ones has its manner.

    servers.py exchange:2201 flood:2202 rekey:2203

exchange  offers only diffie-hellman-group-exchange, with a prime of 16,384 bits (RFC 4419)
flood     lets everybody in and answers every command with words without end
rekey     the same, agreeing upon new keys all the time, with the largest group that is taken
drip      answers every command with a byte a second
mute      lets everybody in and says nothing more
costly    answers every command with as much as is taken of it, in the form that costs most (costly.py)
"""

import asyncio
import os
import struct
import sys

import asyncssh

from costly import Costly

HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "SimulatedClass"))
import server as simulated  # noqa: E402 (it lies with the simulated class)

EVIDENCE = os.path.join(HERE, "../../exercises/activite-2/recorded/students/etu1/evidence.json")
PRIME = (1 << 16383) | int.from_bytes(os.urandom(2000), "big") | 1


def string(value):
    return struct.pack(">I", len(value)) + value


def mpint(value):
    raw = value.to_bytes(value.bit_length() // 8 + 1, "big")
    return string(raw)


def packet(payload):
    padding = 16 - (len(payload) + 5) % 8
    return struct.pack(">IB", len(payload) + padding + 1, padding) + payload + bytes(padding)


async def receive(reader):
    length, padding = struct.unpack(">IB", await reader.readexactly(5))
    payload = await reader.readexactly(length - 1)
    return payload[: length - 1 - padding]


async def exchange(reader, writer):
    """Up to the point where the client has computed both of its powers."""
    lists = [
        b"diffie-hellman-group-exchange-sha256",
        b"ssh-ed25519,ecdsa-sha2-nistp256,rsa-sha2-256,ssh-rsa",
        *[b"aes256-ctr"] * 2,
        *[b"hmac-sha2-256"] * 2,
        *[b"none"] * 2,
        *[b""] * 2,
    ]
    try:
        writer.write(b"SSH-2.0-hostile\r\n")
        writer.write(packet(b"\x14" + os.urandom(16) + b"".join(map(string, lists)) + bytes(5)))
        await reader.readline()
        while (await receive(reader))[0] != 34:
            pass
        writer.write(packet(b"\x1f" + mpint(PRIME) + mpint(2)))
        while (await receive(reader))[0] != 32:
            pass
        key = string(string(b"ssh-ed25519") + string(bytes(32)))
        signature = string(string(b"ssh-ed25519") + string(bytes(64)))
        writer.write(packet(b"\x21" + key + mpint(PRIME >> 1) + signature))
        await reader.read()
    except (asyncio.IncompleteReadError, ConnectionError):
        pass
    writer.close()


class Anybody(asyncssh.SSHServer):
    def begin_auth(self, username):
        return False


async def is_log_in(process):
    """Answers what is asked first of all, and begins the answer to all else."""
    script = await process.stdin.read()
    process.stdout.write("\x1ebascule\x1e")
    process.stderr.write("\x1ebascule\x1e")
    if " id -u)" not in script:
        return False
    process.stdout.write("0\n")
    process.stderr.write("\x1ebascule:0\x1e")
    process.exit(0)
    return True


async def flood(process):
    try:
        if await is_log_in(process):
            return
        while True:
            process.stderr.write("words without a mark " * 3000)
            process.stdout.write("words without a mark " * 3000)
            await process.stdout.drain()
    except (BrokenPipeError, ConnectionError, asyncssh.Error):
        pass


async def drip(process):
    try:
        if await is_log_in(process):
            return
        while True:
            process.stdout.write("x")
            await asyncio.sleep(1)
    except (BrokenPipeError, ConnectionError, asyncssh.Error):
        pass


async def mute(process):
    if await is_log_in(process):
        return
    await asyncio.sleep(3600)


class CostlyNode(simulated.Node):
    """As a simulated node; which of the two follows from the port."""

    def begin_auth(self, username):
        return False

    def connection_made(self, connection):
        super().connection_made(connection)
        self.name = "serv2" if connection.get_extra_info("sockname")[1] % 2 else "serv1"


async def main():
    costly = None
    key = asyncssh.generate_private_key("ssh-ed25519")
    for manner, port in (word.split(":") for word in sys.argv[1:]):
        if manner == "exchange":
            await asyncio.start_server(exchange, "127.0.0.1", int(port))
            continue
        if manner == "costly":
            costly = costly or Costly(simulated.Recording(EVIDENCE))
            await asyncssh.create_server(
                lambda: CostlyNode(costly), "127.0.0.1", int(port), server_host_keys=[key],
                process_factory=simulated.process, encoding=None, allow_pty=False)
            continue
        options = {"kex_algs": ["diffie-hellman-group16-sha512"], "rekey_bytes": 1} if manner == "rekey" else {}
        await asyncssh.create_server(
            Anybody, "127.0.0.1", int(port), server_host_keys=[key], process_factory={"drip": drip, "mute": mute}.get(manner, flood), **options
        )
    print("listening", flush=True)
    await asyncio.sleep(3600)


asyncio.run(main())
