"""An SSH server of which only the transport is asyncssh's: what it does with log-ins and channels is a manner's own,
down to the packet. Rests on asyncssh's insides (2.10 to 2.14)."""

import asyncio

import asyncssh
from asyncssh.packet import Boolean, Byte, String, UInt32


class Connection:
    """What a manner of the log-in gets: the packets of the user's requests, and ways to answer."""

    def __init__(self, inside):
        self.inside = inside
        self.requests = asyncio.Queue()

    def send(self, kind, *parts):
        self.inside.send_packet(kind, *parts)

    def fail(self, methods=b"password,publickey", partial=False):
        self.send(51, String(methods), Boolean(partial))

    def banner(self, text):
        self.inside._auth_in_progress = True
        self.send(53, String(text), String(""))

    def prompts(self, number, words="Password: "):
        self.send(60, String("name"), String("what to do"), String(""), UInt32(number),
                  *[String(words) + Boolean(False)] * number)

    def accept(self):
        self.inside.send_userauth_success()

    def raw(self, data):
        self.inside._send(data)

    @property
    def writer(self):
        return self.inside._transport

    def close(self):
        self.inside._transport.close()

    def reset(self):
        self.inside._transport.abort()

    async def drained(self):
        """Until little of what was sent is still here: asyncssh itself never waits."""
        while self.inside._transport and self.inside._transport.get_write_buffer_size() > 1 << 20:
            await asyncio.sleep(0.01)
        if not self.inside._transport or self.inside._transport.is_closing():
            raise ConnectionResetError
        await asyncio.sleep(0)


class Channel:
    """What a manner of a channel gets: one that the client wants to open."""

    def __init__(self, connection, number, theirs):
        self.connection, self.number, self.theirs = connection, number, theirs
        self.requests = asyncio.Queue()
        self.input = bytearray()
        self.has_all = asyncio.Event()

    def send(self, kind, *parts, to=None):
        self.connection.send(kind, UInt32(self.theirs if to is None else to), *parts)

    def confirm(self, window=1 << 21):
        self.send(91, UInt32(self.number), UInt32(window), UInt32(32768))

    def refuse(self, reason=4, words="no channel"):
        self.send(92, UInt32(reason), String(words), String(""))

    def adjust(self, count):
        self.send(93, UInt32(count))

    def data(self, data, to=None):
        for start in range(0, len(data), 30_000):
            self.send(94, String(data[start:start + 30_000]), to=to)

    def error(self, data):
        for start in range(0, len(data), 30_000):
            self.send(95, UInt32(1), String(data[start:start + 30_000]))

    def eof(self):
        self.send(96)

    def close(self):
        self.send(97)

    def success(self):
        self.send(99)

    def status(self, number):
        self.send(98, String("exit-status"), Boolean(False), UInt32(number))

    def signal(self, name, words="killed"):
        self.send(98, String("exit-signal"), Boolean(False), String(name), Boolean(True), String(words), String(""))

    async def started(self):
        """Confirms, and waits for a command line and all that it reads."""
        self.confirm()
        await self.requests.get()
        self.success()
        await self.has_all.wait()
        return bytes(self.input)

    def begin(self):
        """What every output of ours begins with."""
        self.data(b"\x1ebascule\x1e")
        self.error(b"\x1ebascule\x1e")

    # asyncssh's side.

    def process_packet(self, kind, _, packet):
        if kind == 94:
            self.input += packet.get_string()
        elif kind == 96:
            self.has_all.set()
        elif kind == 98:
            self.requests.put_nowait(packet.get_string())
        return True

    def process_connection_close(self, _):
        pass

    def log_received_packet(self, *_, **__):
        pass


async def guarded(coroutine):
    try:
        await coroutine
    except (ConnectionError, OSError, AttributeError, asyncssh.Error):
        # The client is gone.
        pass


def server(log_in=None, channel=None, tunnel=None):
    """A class of servers with these manners; without one of the log-in everybody is let in."""

    class Hostile(asyncssh.SSHServer):
        def connection_made(self, inside):
            self.tasks = []
            connection = Connection(inside)
            channels = {}

            def requested(_, __, ___, packet):
                user, service, method = (packet.get_string() for _ in range(3))
                connection.requests.put_nowait((user, method))

            def opened(_, __, ___, packet):
                kind = packet.get_string()
                made = Channel(connection, len(channels), packet.get_uint32())
                # direct-tcpip: what the grader wants from the network behind the machine.
                manner = channel if kind == b"session" else tunnel
                if not manner:
                    return made.refuse(2, "Connection refused")
                channels[made.number] = made
                self.tasks.append(asyncio.ensure_future(guarded(manner(made))))

            handlers = dict(inside._packet_handlers)
            if log_in:
                handlers[50] = requested
                self.tasks.append(asyncio.ensure_future(guarded(log_in(connection))))

                class Responses:
                    def process_packet(self, kind, _, packet):
                        connection.requests.put_nowait((b"", b"response"))
                        return True

                    def log_received_packet(self, *_, **__):
                        pass

                    def cancel(self):
                        pass

                inside._auth = Responses()
            if channel:
                handlers[90] = opened
                inside._channels = channels
            inside._packet_handlers = handlers

        def connection_lost(self, _):
            for task in self.tasks:
                task.cancel()

        def begin_auth(self, _):
            return False

    return Hostile
