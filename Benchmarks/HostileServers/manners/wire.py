"""Packets in the clear, before keys are agreed upon (RFC 4253, section 6), and how a raw manner is run."""

import asyncio
import os
import socket
import struct

IDENTIFICATION = b"SSH-2.0-hostile\r\n"
KEXINIT, NEWKEYS, ECDH_REPLY = 20, 21, 31


def string(value):
    return struct.pack(">I", len(value)) + value


def mpint(value):
    return string(value.to_bytes(value.bit_length() // 8 + 1, "big"))


def packet(payload):
    padding = 16 - (len(payload) + 5) % 8
    return struct.pack(">IB", len(payload) + padding + 1, padding) + payload + bytes(padding)


def offer(exchange=b"curve25519-sha256", key=b"ssh-ed25519", cipher=b"aes256-ctr", mac=b"hmac-sha2-256"):
    """SSH_MSG_KEXINIT with these names."""
    lists = [exchange, key, cipher, cipher, mac, mac, b"none", b"none", b"", b""]
    return bytes([KEXINIT]) + os.urandom(16) + b"".join(map(string, lists)) + bytes(5)


async def receive(reader):
    length, padding = struct.unpack(">IB", await reader.readexactly(5))
    payload = await reader.readexactly(length - 1)
    return payload[: length - 1 - padding]


async def receive_kind(reader, kind):
    while (received := await receive(reader))[0] != kind:
        pass
    return received


async def agree(reader, writer, **names):
    """Up to the client's first packet of the key exchange proper, which is returned."""
    writer.write(IDENTIFICATION + packet(offer(**names)))
    await reader.readline()
    await receive_kind(reader, KEXINIT)
    return await receive(reader)


async def silence():
    await asyncio.sleep(3600)


async def flood(writer, piece):
    while True:
        writer.write(piece)
        await writer.drain()


def reset(writer):
    """Closes with RST: no lingering (socket(7))."""
    writer.get_extra_info("socket").setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
    writer.transport.abort()


def raw(manner):
    async def handle(reader, writer):
        try:
            await manner(reader, writer)
        except (asyncio.IncompleteReadError, ConnectionError, struct.error):
            pass
        finally:
            writer.close()

    return handle
