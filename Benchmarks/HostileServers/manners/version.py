"""The version exchange (RFC 4253, section 4.2)."""

import asyncio

from .wire import IDENTIFICATION, flood, reset, silence


async def silent(reader, writer):
    await silence()


async def banner_endless(reader, writer):
    await flood(writer, b"please wait for a moment\r\n" * 2000)


async def banner_line(reader, writer):
    writer.write(b"x" * (10 << 20))
    await writer.drain()
    await silence()


async def banner_slow(reader, writer):
    for byte in b"SSH-2.0-" + b"s" * 3000:
        writer.write(bytes([byte]))
        await writer.drain()
        await asyncio.sleep(1)


async def garbage(reader, writer):
    with open("/dev/urandom", "rb") as source:
        writer.write(source.read(200).replace(b"\n", b"") + b"\n")
    await silence()


async def http(reader, writer):
    await reader.readline()
    body = b"<html><body>It works!</body></html>"
    writer.write(b"HTTP/1.1 400 Bad Request\r\nServer: Apache/2.4.57 (Debian)\r\n"
                 b"Connection: close\r\nContent-Length: %d\r\n\r\n" % len(body) + body)
    await writer.drain()


async def nul(reader, writer):
    writer.write(b"\0" * 4000)
    await silence()


async def identification_nul(reader, writer):
    writer.write(b"SSH-2.0-a\0b\x1b[31m\r\n")
    await silence()


async def identification_long(reader, writer):
    writer.write(b"SSH-2.0-" + b"a" * 7000 + b"\r\n")
    await silence()


async def old(reader, writer):
    writer.write(b"SSH-1.5-1.2.27\r\n")
    await silence()


async def closes(reader, writer):
    pass


async def resets(reader, writer):
    reset(writer)


async def half(reader, writer):
    writer.write(b"SSH-2.0-hal")
    await writer.drain()


async def penalty(reader, writer):
    writer.write(b"Not allowed at this time\r\n")
    await writer.drain()


async def closes_identified(reader, writer):
    writer.write(IDENTIFICATION)
    await writer.drain()


TABLE = {
    "version-silent": silent,
    "version-banner-endless": banner_endless,
    "version-banner-10MB-line": banner_line,
    "version-slow": banner_slow,
    "version-garbage": garbage,
    "version-http": http,
    "version-nul": nul,
    "version-identification-nul": identification_nul,
    "version-identification-long": identification_long,
    "version-ssh1": old,
    "version-closes": closes,
    "version-resets": resets,
    "version-closes-halfway": half,
    "version-penalty": penalty,
    "version-closes-identified": closes_identified,
}
