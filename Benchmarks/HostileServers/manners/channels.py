"""Channels (RFC 4254): opened, kept and closed otherwise than promised."""

import asyncio

from .wire import silence


async def refuses(channel):
    channel.refuse()


async def prohibits(channel):
    channel.refuse(1, "administratively \x1b[31mprohibited")


async def open_silent(channel):
    await silence()


async def request_silent(channel):
    channel.confirm()
    await silence()


async def request_refused(channel):
    channel.confirm()
    await channel.requests.get()
    channel.send(100)


async def window_zero(channel):
    channel.confirm(window=0)
    await channel.requests.get()
    channel.success()
    await silence()


async def window_floods(channel):
    channel.confirm()
    await channel.requests.get()
    channel.success()
    while True:
        for _ in range(500):
            channel.adjust(0xFFFFFFFF)
        await channel.connection.drained()


async def requests_flood(channel, is_read=True):
    """Requests to the client that want an answer."""
    from asyncssh.packet import Boolean, String
    channel.confirm()
    await channel.requests.get()
    channel.success()
    if not is_read:
        channel.connection.writer.pause_reading()
    while True:
        for _ in range(500):
            channel.send(98, String("keepalive@openssh.com"), Boolean(True))
            channel.connection.send(80, String("keepalive@openssh.com"), Boolean(True))
        await channel.connection.drained()


async def requests_unread(channel):
    """The same, and the answers are not read."""
    await requests_flood(channel, is_read=False)


async def opens_back(channel):
    """Channels that the server opens: X11, the agent, forwarded ports."""
    from asyncssh.packet import String, UInt32
    channel.confirm()
    await channel.requests.get()
    channel.success()
    number = 0
    while True:
        for kind in ("x11", "auth-agent@openssh.com", "forwarded-tcpip"):
            number += 1
            channel.connection.send(90, String(kind), UInt32(number), UInt32(1 << 20), UInt32(1 << 15),
                                    String("127.0.0.1"), UInt32(22), String("127.0.0.1"), UInt32(22))
        await channel.connection.drained()


async def no_status(channel):
    await channel.started()
    channel.begin()
    channel.data(b"half an answer")
    channel.eof()
    channel.close()


async def no_status_marked(channel):
    """As if it had succeeded, and no status."""
    await channel.started()
    channel.begin()
    channel.error(b"\x1ebascule:0\x1e")
    channel.eof()
    channel.close()


async def signalled(channel):
    await channel.started()
    channel.begin()
    channel.signal("SEGV\x1b[31m" + "x" * 5000)
    channel.eof()
    channel.close()


async def eof_alone(channel):
    await channel.started()
    channel.begin()
    channel.eof()
    await silence()


async def close_alone(channel):
    await channel.started()
    channel.begin()
    channel.close()


async def data_after_close(channel):
    await channel.started()
    channel.begin()
    channel.status(1)
    channel.eof()
    channel.close()
    channel.data(b"more" * 10_000)
    channel.error(b"more" * 10_000)


async def closes_twice(channel):
    await channel.started()
    channel.begin()
    channel.status(1)
    for _ in range(20):
        channel.eof()
        channel.close()


async def status_largest(channel):
    await channel.started()
    channel.begin()
    channel.status(0xFFFFFFFF)
    channel.eof()
    channel.close()


async def status_twice(channel):
    await channel.started()
    channel.begin()
    channel.status(1)
    channel.status(0)
    channel.eof()
    channel.close()


async def others_data(channel):
    """For channels that were never opened, and for whichever others there are."""
    await channel.started()
    for number in range(2000):
        channel.data(b"not for you", to=number)
        channel.data(b"nor for you", to=0xFFFFFFFF - number)
    await silence()


async def unknown_packets(channel):
    await channel.started()
    while True:
        for kind in (3, 102, 110, 127, 192, 255):
            channel.connection.send(kind, b"\xff" * 1000)
        await channel.connection.drained()


async def packet_huge(channel):
    """Far more at once than was agreed upon."""
    from asyncssh.packet import String
    await channel.started()
    channel.begin()
    channel.send(94, String(b"h" * 200_000))
    await silence()


async def packet_lengths(channel):
    """A string that says it is longer than its packet."""
    from asyncssh.packet import UInt32
    await channel.started()
    channel.begin()
    channel.send(94, UInt32(0xFFFFFFF0), b"short")
    channel.send(95, UInt32(1), UInt32(0xFFFFFFF0), b"short")
    channel.send(98, UInt32(0xFFFFFFF0), b"exit-status")
    await silence()


async def never_closes(channel):
    """Everything but the end."""
    await channel.started()
    channel.begin()
    channel.status(0)
    await silence()


def closing(at):
    async def manner(channel):
        if at == "open":
            return channel.connection.close()
        channel.confirm()
        await channel.requests.get()
        if at == "request":
            return channel.connection.close()
        channel.success()
        await channel.has_all.wait()
        channel.begin()
        if at == "output":
            channel.data(b"half an ans")
            await asyncio.sleep(0.1)
            return channel.connection.close()
        channel.error(b"\x1ebascule:0\x1e")
        channel.status(0)
        await asyncio.sleep(0.1)
        channel.connection.close()

    return manner


TABLE = {
    "channel-refuses": refuses,
    "channel-prohibits": prohibits,
    "channel-open-silent": open_silent,
    "channel-request-silent": request_silent,
    "channel-request-refused": request_refused,
    "channel-window-zero": window_zero,
    "channel-window-floods": window_floods,
    "channel-requests-flood": requests_flood,
    "channel-requests-unread": requests_unread,
    "channel-opens-back": opens_back,
    "channel-no-status": no_status,
    "channel-no-status-marked": no_status_marked,
    "channel-signalled": signalled,
    "channel-eof-alone": eof_alone,
    "channel-close-alone": close_alone,
    "channel-data-after-close": data_after_close,
    "channel-closes-twice": closes_twice,
    "channel-status-largest": status_largest,
    "channel-status-twice": status_twice,
    "channel-others-data": others_data,
    "channel-unknown-packets": unknown_packets,
    "channel-packet-huge": packet_huge,
    "channel-packet-lengths": packet_lengths,
    "channel-never-closes": never_closes,
    "end-closes-at-open": closing("open"),
    "end-closes-at-request": closing("request"),
    "end-closes-in-output": closing("output"),
    "end-closes-at-status": closing("status"),
}
