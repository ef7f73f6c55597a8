#!/usr/bin/env python3
"""SSH servers that cost whoever logs in as much as they can, or break every promise of the protocol; each port of the
given ones has its manner, for each stage in a module of `manners`.

    servers.py exchange:2201 flood:2202 rekey:2203
    servers.py --list

Port 0 is one that is free; each manner's port is printed before `listening` is.

exchange  offers only diffie-hellman-group-exchange, with a prime of 16,384 bits (RFC 4419)
flood     lets everybody in and answers every command with words without end
rekey     the same, agreeing upon new keys all the time, with the largest group that is taken
costly    answers every command with as much as is taken of it, in the form that costs most (costly.py)
"""

import asyncio
import sys
import warnings

# asyncssh's ciphers of old, which nobody asked for.
warnings.filterwarnings("ignore")
import asyncssh

import costly
from manners import channels, exchange, login, output, sshd, tunnels, version
from manners.wire import raw

RAW = {**version.TABLE, **exchange.TABLE}
OPENED = {**channels.TABLE, **output.TABLE}
#: What the transport itself does, with the largest group that is taken: (options, manner of its channels).
TRANSPORT = {
    "rekey": ({"kex_algs": ["diffie-hellman-group16-sha512"], "rekey_bytes": 1}, output.before_the_mark),
    "rekey-in-output": ({"rekey_bytes": 20_000}, output.stdout_endless),
}
NAMES = [*RAW, "exchange-key-changes", *login.TABLE, *TRANSPORT, *OPENED, *tunnels.TABLE, "costly"]


def changing(connection_made):
    """Another host key for each connection."""

    def made(self, inside):
        key = asyncssh.generate_private_key("ssh-ed25519")
        pair = asyncssh.load_keypairs([key])[0]
        inside._server_host_keys = {pair.algorithm: pair}
        connection_made(self, inside)

    return made


async def listen(manner, port, key):
    if manner in RAW:
        return await asyncio.start_server(raw(RAW[manner]), "127.0.0.1", port)
    if manner == "costly":
        return await costly.listen(port, key)
    options = {}
    if manner in login.TABLE:
        server = sshd.server(log_in=login.TABLE[manner])
    elif manner == "exchange-key-changes":
        server = sshd.server(channel=output.TABLE["output-empty"])
        server.connection_made = changing(server.connection_made)
    elif manner in tunnels.TABLE:
        server = sshd.server(channel=output.TABLE["output-empty"], tunnel=tunnels.TABLE[manner])
    elif manner in TRANSPORT:
        options, channel = TRANSPORT[manner]
        server = sshd.server(channel=channel)
    else:
        server = sshd.server(channel=OPENED[manner])
    return await asyncssh.create_server(server, "127.0.0.1", port, server_host_keys=[key], login_timeout=0, **options)


async def main():
    key = asyncssh.generate_private_key("ssh-ed25519")
    wanted = [word.rsplit(":", 1) for word in sys.argv[1:]]
    listening = [await listen(manner, int(port), key) for manner, port in wanted]
    for (manner, _), server in zip(wanted, listening):
        print(manner, server.sockets[0].getsockname()[1])
    print("listening", flush=True)
    await asyncio.sleep(3600)
    del listening


if __name__ == "__main__":
    if sys.argv[1:] == ["--list"]:
        print("\n".join(NAMES))
    else:
        asyncio.run(main())
