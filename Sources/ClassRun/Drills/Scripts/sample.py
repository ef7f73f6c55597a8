# Asks a service at a fixed rate for a short while, each attempt on a connection of its own, and prints one line for
# each: kind (c, r), when it was made, how long until its outcome was known, how late it was (microseconds of
# CLOCK_BOOTTIME), and the outcome's letter. Ends by itself; writes nothing but these lines.
#
# Arguments: address, port, first slot (microseconds of CLOCK_BOOTTIME), length (microseconds), microseconds between
# connections, microseconds between requests (0: none), offset of the requests' slots, TLS (yes, no), server name,
# the request in base64.
import binascii, errno, select, signal, socket, sys, time

(address, port, first, length, connect_every, request_every, request_offset) = (
    sys.argv[1], *map(int, sys.argv[2:8]))
tls, server_name, request = sys.argv[8] == "yes", sys.argv[9] or None, binascii.a2b_base64(sys.argv[10])
CONNECT_LIMIT, REQUEST_LIMIT, BODY_LIMIT = 900_000, 2_000_000, 1 << 20
LETTERS = {
    errno.ECONNREFUSED: "r", errno.ETIMEDOUT: "s", errno.ECONNRESET: "x", errno.EPIPE: "x",
    errno.EHOSTUNREACH: "u", errno.ENETUNREACH: "u", errno.EHOSTDOWN: "u", errno.ENETDOWN: "u",
    errno.EACCES: "u", errno.EPERM: "u"}
family = socket.AF_INET6 if ":" in address else socket.AF_INET
context = None
if tls:
    import ssl
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.check_hostname = False
    context.verify_mode = ssl.CERT_NONE


def now():
    return time.clock_gettime_ns(time.CLOCK_BOOTTIME) // 1000


class Attempt:
    def __init__(self, kind, slot):
        self.kind, self.slot, self.answer, self.stage, self.writes = kind, slot, b"", "connecting", True
        self.sent = now()
        self.limit = self.sent + CONNECT_LIMIT
        try:
            self.socket = socket.socket(family, socket.SOCK_STREAM)
            self.socket.setblocking(False)
            code = self.socket.connect_ex((address, port))
        except OSError:
            self.socket = None
            return self.end("o")
        if code == 0:
            self.connected()
        elif code == errno.EINPROGRESS:
            attempts.append(self)
        else:
            self.end(LETTERS.get(code, "o"))

    def end(self, letter):
        done = now()
        print(self.kind, self.sent, done - self.sent, self.sent - self.slot, letter)
        if self in attempts:
            attempts.remove(self)
        if self.socket is not None:
            self.socket.close()

    def connected(self):
        if self.kind == "c":
            return self.end("a")
        self.limit = self.sent + REQUEST_LIMIT
        if self not in attempts:
            attempts.append(self)
        if context is not None:
            try:
                self.socket = context.wrap_socket(
                    self.socket, server_hostname=server_name, do_handshake_on_connect=False)
            except (OSError, ValueError):
                return self.end("n")
            self.stage = "handshake"
        else:
            self.stage = "asking"
        self.step()

    def step(self):
        try:
            if self.stage == "connecting":
                code = self.socket.getsockopt(socket.SOL_SOCKET, socket.SO_ERROR)
                return self.connected() if code == 0 else self.end(LETTERS.get(code, "o"))
            if self.stage == "handshake":
                self.socket.do_handshake()
                self.stage = "asking"
            if self.stage == "asking":
                self.socket.send(request)
                self.stage, self.writes = "reading", False
            while True:
                piece = self.socket.recv(65536)
                self.answer += piece
                if not piece or self.is_whole() or len(self.answer) > BODY_LIMIT:
                    return self.end(self.verdict(bool(piece)))
                if context is None:
                    return
        except BlockingIOError:
            pass
        except OSError as error:
            wants = type(error).__name__
            if wants in ("SSLWantReadError", "SSLWantWriteError"):
                self.writes = wants == "SSLWantWriteError"
            else:
                self.end("n")

    def is_whole(self):
        head, separator, body = self.answer.partition(b"\r\n\r\n")
        if not separator:
            return False
        for line in head.lower().split(b"\r\n")[1:]:
            name, _, value = line.partition(b":")
            if name == b"content-length" and value.strip().isdigit():
                return len(body) >= int(value)
            if name == b"transfer-encoding" and b"chunked" in value:
                return body.endswith(b"0\r\n\r\n")
        return False

    def verdict(self, is_open):
        head = self.answer.split(b"\r\n", 1)[0].split(b" ")
        is_answer = b"\r\n\r\n" in self.answer and head[0].startswith(b"HTTP/") and len(head) > 1
        if not is_answer or not head[1].isdigit() or len(head[1]) != 3:
            return "n"
        announced = b"content-length:" in self.answer.partition(b"\r\n\r\n")[0].lower()
        return "n" if announced and not is_open and not self.is_whole() else "h" + head[1].decode()


def slots(offset, every):
    return [first + at for at in range(offset, length, every)] if every > 0 else []


signal.alarm(length // 1_000_000 + 6)
attempts, missed = [], 0
plan = sorted([(at, "c") for at in slots(0, connect_every)] + [(at, "r") for at in slots(request_offset, request_every)])
every = {"c": connect_every, "r": request_every}
while plan or attempts:
    time_now = now()
    while plan and plan[0][0] <= time_now:
        slot, kind = plan.pop(0)
        # Attempts made up for in a burst would tell of one moment only.
        if time_now - slot >= every[kind]:
            missed += 1
        else:
            Attempt(kind, slot)
    for attempt in [attempt for attempt in attempts if attempt.limit <= now()]:
        attempt.end("s" if attempt.stage == "connecting" else "n")
    times = [attempt.limit for attempt in attempts] + ([plan[0][0]] if plan else [])
    if not times:
        break
    pause = max(0, min(times) - now()) / 1_000_000
    reading = [attempt.socket for attempt in attempts if not attempt.writes]
    writing = [attempt.socket for attempt in attempts if attempt.writes]
    ready = select.select(reading, writing, [], pause)
    ready = set(map(id, ready[0] + ready[1]))
    for attempt in [attempt for attempt in attempts if id(attempt.socket) in ready]:
        attempt.step()
print("missed", missed)
