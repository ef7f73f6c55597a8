"""What comes through a machine from the network behind it: HTTP, DNS and ports by direct-tcpip (RFC 4254, section 7.2)."""

import asyncio

from .wire import silence


async def silent(tunnel):
    tunnel.confirm()
    await silence()


async def open_silent(tunnel):
    await silence()


async def window_zero(tunnel):
    tunnel.confirm(window=0)
    await silence()


async def closes(tunnel):
    tunnel.confirm()
    tunnel.eof()
    tunnel.close()


async def floods(tunnel):
    tunnel.confirm()
    while True:
        tunnel.data(b"HTTP/1.1 200 OK\r\n" + b"X-Header: without end\r\n" * 2000)
        await tunnel.connection.drained()


async def body_endless(tunnel):
    tunnel.confirm()
    tunnel.data(b"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\n\r\n")
    while True:
        tunnel.data(b"<p>a page without end</p>" * 2000)
        await tunnel.connection.drained()


async def slow(tunnel):
    tunnel.confirm()
    for byte in b"HTTP/1.1 200 OK\r\n\r\n" + b"slow" * 1000:
        tunnel.data(bytes([byte]))
        await asyncio.sleep(1)


async def garbage(tunnel):
    tunnel.confirm()
    tunnel.data(bytes(range(256)) * 100)
    await silence()


TABLE = {
    "tunnel-silent": silent,
    "tunnel-open-silent": open_silent,
    "tunnel-window-zero": window_zero,
    "tunnel-closes": closes,
    "tunnel-headers-endless": floods,
    "tunnel-body-endless": body_endless,
    "tunnel-slow": slow,
    "tunnel-garbage": garbage,
}
