"""The key exchange (RFC 4253, sections 6 to 8; RFC 4419; RFC 8731), up to where a key is in use."""

import asyncio
import os
import struct

from .wire import (ECDH_REPLY, IDENTIFICATION, NEWKEYS, agree, flood, mpint, offer, packet, receive, receive_kind,
                   reset, silence, string)

PRIME = (1 << 16383) | int.from_bytes(os.urandom(2000), "big") | 1
HOST_KEY = string(string(b"ssh-ed25519") + string(bytes(32)))


def signature(value=bytes(64), kind=b"ssh-ed25519"):
    return string(string(kind) + string(value))


async def silent_identified(reader, writer):
    writer.write(IDENTIFICATION)
    await silence()


async def silent(reader, writer):
    await agree(reader, writer)
    await silence()


async def slow(reader, writer):
    for byte in IDENTIFICATION + packet(offer()):
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(1 if byte in (20, 0) else 0.01)


async def length_huge(reader, writer):
    writer.write(IDENTIFICATION + struct.pack(">IB", 0xFFFFFFFF, 4) + bytes(64))
    await silence()


async def length_zero(reader, writer):
    writer.write(IDENTIFICATION + struct.pack(">IB", 0, 0) + bytes(64))
    await silence()


async def length_large(reader, writer):
    writer.write(IDENTIFICATION + struct.pack(">IB", 39_000, 4) + b"\x14" + bytes(100_000))
    await silence()


async def padding(reader, writer):
    writer.write(IDENTIFICATION + struct.pack(">IB", 12, 255) + bytes(64))
    await silence()


async def lists_cut(reader, writer):
    writer.write(IDENTIFICATION + packet(offer()[:40]))
    await silence()


async def lists_lengths(reader, writer):
    writer.write(IDENTIFICATION + packet(b"\x14" + os.urandom(16) + struct.pack(">I", 0xFFFFFFF0) + bytes(300)))
    await silence()


async def lists_long(reader, writer):
    await agree(reader, writer, exchange=b",".join(b"name%d" % number for number in range(3000)))
    await silence()


async def unknown(reader, writer):
    await agree(reader, writer, exchange=b"caesar-sha0")


async def unknown_cipher(reader, writer):
    await agree(reader, writer, cipher=b"rot13")


async def unknown_key(reader, writer):
    await agree(reader, writer, key=b"ssh-hieroglyphs")


async def garbage(reader, writer):
    await agree(reader, writer)
    writer.write(os.urandom(4000))
    await silence()


async def reply(reader, writer, key=HOST_KEY, public=bytes([9]) + bytes(31), proof=signature()):
    await agree(reader, writer)
    writer.write(packet(bytes([ECDH_REPLY]) + key + string(public) + proof) + packet(bytes([NEWKEYS])))


async def signature_wrong(reader, writer):
    await reply(reader, writer, public=os.urandom(32), proof=signature(os.urandom(64)))
    await silence()


async def signature_short(reader, writer):
    await reply(reader, writer, proof=signature(b"s"))
    await silence()


async def signature_length(reader, writer):
    await reply(reader, writer, proof=struct.pack(">I", 0xFFFFFF00) + bytes(80))
    await silence()


async def point_zero(reader, writer):
    await reply(reader, writer, public=bytes(32))
    await silence()


async def point_empty(reader, writer):
    await reply(reader, writer, public=b"")
    await silence()


async def key_empty(reader, writer):
    await reply(reader, writer, key=string(b""))
    await silence()


async def key_other(reader, writer):
    await reply(reader, writer, key=string(string(b"ssh-rsa") + mpint(3) + mpint(PRIME)))
    await silence()


async def newkeys_early(reader, writer):
    await agree(reader, writer)
    writer.write(packet(bytes([NEWKEYS])))
    await silence()


async def exchange_twice(reader, writer):
    await agree(reader, writer)
    writer.write(packet(offer()) * 50)
    await silence()


async def ignore_endless(reader, writer):
    await agree(reader, writer)
    await flood(writer, packet(b"\x02" + string(b"i" * 1000)) * 50)


async def debug_endless(reader, writer):
    await agree(reader, writer)
    await flood(writer, packet(b"\x04\x01" + string(b"\x1b[2Jd" * 100) + string(b"")) * 50)


async def disconnects(reader, writer):
    await agree(reader, writer)
    writer.write(packet(b"\x01" + struct.pack(">I", 11) + string("au revoir \x1b[31m".encode()) + string(b"")))
    await writer.drain()


async def group_prime(reader, writer):
    """Up to the point where the client has computed both of its powers."""
    writer.write(IDENTIFICATION + packet(offer(exchange=b"diffie-hellman-group-exchange-sha256")))
    await reader.readline()
    await receive_kind(reader, 34)
    writer.write(packet(b"\x1f" + mpint(PRIME) + mpint(2)))
    await receive_kind(reader, 32)
    writer.write(packet(b"\x21" + HOST_KEY + mpint(PRIME >> 1) + signature()))
    await reader.read()


async def closes_offered(reader, writer):
    writer.write(IDENTIFICATION + packet(offer()))
    await reader.readline()
    await receive(reader)


async def closes(reader, writer):
    await agree(reader, writer)


async def resets(reader, writer):
    await agree(reader, writer)
    reset(writer)


TABLE = {
    "exchange": group_prime,
    "exchange-silent-identified": silent_identified,
    "exchange-silent": silent,
    "exchange-slow": slow,
    "exchange-length-huge": length_huge,
    "exchange-length-zero": length_zero,
    "exchange-length-large": length_large,
    "exchange-padding": padding,
    "exchange-lists-cut": lists_cut,
    "exchange-lists-lengths": lists_lengths,
    "exchange-lists-long": lists_long,
    "exchange-unknown": unknown,
    "exchange-unknown-cipher": unknown_cipher,
    "exchange-unknown-key": unknown_key,
    "exchange-garbage": garbage,
    "exchange-signature-wrong": signature_wrong,
    "exchange-signature-short": signature_short,
    "exchange-signature-length": signature_length,
    "exchange-point-zero": point_zero,
    "exchange-point-empty": point_empty,
    "exchange-key-empty": key_empty,
    "exchange-key-other": key_other,
    "exchange-newkeys-early": newkeys_early,
    "exchange-offers-twice": exchange_twice,
    "exchange-ignore-endless": ignore_endless,
    "exchange-debug-endless": debug_endless,
    "exchange-disconnects": disconnects,
    "exchange-closes-offered": closes_offered,
    "exchange-closes": closes,
    "exchange-resets": resets,
}
