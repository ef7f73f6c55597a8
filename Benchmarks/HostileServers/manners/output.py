"""What commands print: without end, byte by byte, and so that it looks like ours or another's."""

import asyncio
import re

SUCCESS = b"\x1ebascule:0\x1e"


def answering(output, error=b"", status=0):
    """The same to every command, in good order."""

    async def manner(channel):
        await channel.started()
        channel.begin()
        channel.data(output)
        channel.error(error + (SUCCESS if status == 0 else b""))
        channel.status(status)
        channel.eof()
        channel.close()

    return manner


async def stdout_endless(channel):
    await channel.started()
    channel.begin()
    while True:
        channel.data(b"out without end\n" * 2000)
        await channel.connection.drained()


async def stderr_endless(channel):
    await channel.started()
    channel.begin()
    while True:
        channel.error(b"complaints without end\n" * 2000)
        await channel.connection.drained()


async def before_the_mark(channel):
    await channel.started()
    while True:
        channel.data(b"words without a mark " * 2000)
        await channel.connection.drained()


async def slow(channel):
    await channel.started()
    channel.begin()
    while True:
        channel.data(b"s")
        await asyncio.sleep(1)


async def tiny_packets(channel):
    await channel.started()
    channel.begin()
    while True:
        for _ in range(1000):
            channel.data(b"t")
            channel.error(b"")
        await channel.connection.drained()


async def marks_endless(channel):
    """Our own marks over and over, whole and nearly."""
    await channel.started()
    while True:
        channel.data(b"\x1ebascule\x1e" * 1000 + b"\x1ebascul" * 1000)
        channel.error(SUCCESS * 1000 + b"\x1ebascule:" * 1000)
        await channel.connection.drained()


def forging(status):
    """Answers everything that stands in a batch of commands at once, with its own marks."""

    async def manner(channel):
        script = await channel.started()
        marks = re.findall(rb"036([0-9a-f]{6,}\.[0-9]+) ", script) or [b"0.0"]
        channel.begin()
        for mark in marks:
            channel.data(b"forged\n\x1e" + mark + b" " + status + b"\x1e")
            channel.error(b"\x1e" + mark + b"\x1e")
        channel.error(SUCCESS)
        channel.status(0)
        channel.eof()
        channel.close()

    return manner


TABLE = {
    # The name it had before there were others.
    "flood": before_the_mark,
    "output-before-the-mark": before_the_mark,
    "output-stdout-endless": stdout_endless,
    "output-stderr-endless": stderr_endless,
    "output-slow": slow,
    "output-tiny-packets": tiny_packets,
    "output-marks-endless": marks_endless,
    "output-empty": answering(b""),
    "output-invalid-utf8": answering(b"\xff\xfe\xc0\xaf\xed\xa0\x80" * 300, b"\xf8\x88"),
    "output-escapes": answering(b"\x1b]0;owned\x07\x1b[2J\x1b[31m\xe2\x80\xaeabc<script>alert(1)</script>\n" * 50,
                                b"\x1b[31m\xc2\x9b\n"),
    "output-nul": answering(b"\0" * 100_000),
    "output-json-deep": answering(b"[" * 1_000_000),
    "output-xml-deep": answering(b"<cib>" + b"<a>" * 200_000),
    "output-xml-bomb": answering(
        b'<?xml version="1.0"?><!DOCTYPE a [<!ENTITY a "aaaaaaaaaa">'
        + b"".join(b'<!ENTITY %c "%s">' % (98 + n, b"&%c;" % (97 + n) * 10) for n in range(9)) + b"]><cib>&j;</cib>"),
    "output-number": answering(b"99999999999999999999999999999999999.1e308\n", status=255),
    "output-forges-marks": forging(b"0"),
    "output-forges-status": forging(b"-9223372036854775808"),
}
