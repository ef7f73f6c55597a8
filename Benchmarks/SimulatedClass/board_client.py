"""Students of Benchmarks/board: a few lines of HTTP each, and two real browsers."""

import asyncio
import contextlib
import re
import shutil
import time
import urllib.parse

HOST, PORT = "127.0.0.1", 8080
BASE = f"http://{HOST}:{PORT}"
# When the machines were seen last, on a student's page.
SEEN = re.compile(r'class="ask-seen.*?data-ago="(\d+)"', re.S)


class Connection:
    """One kept open, as a browser does; opened anew where the board has closed it meanwhile."""

    def __init__(self):
        self.streams = None

    async def ask(self, method, path, cookie="", body=""):
        """Status, headers in one text, body; None as the body of a stream, which is then read from `lines`."""
        head = f"{method} {path} HTTP/1.1\r\nHost: {HOST}:{PORT}\r\nOrigin: {BASE}\r\nAccept-Language: fr\r\n"
        if cookie:
            head += f"Cookie: {cookie}\r\n"
        if method == "POST":
            head += f"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: {len(body)}\r\n"
        answer = None
        while answer is None:
            is_new = self.streams is None
            if is_new:
                self.streams = await asyncio.open_connection(HOST, PORT, limit=1 << 20)
            reader, writer = self.streams
            try:
                writer.write(f"{head}\r\n{body}".encode())
                answer = (await reader.readuntil(b"\r\n\r\n")).decode()
            except (OSError, asyncio.IncompleteReadError):
                writer.close()
                self.streams = None
                if is_new:
                    raise
        length = re.search(r"content-length: (\d+)", answer, re.I)
        text = (await reader.readexactly(int(length[1]))).decode() if length else None
        return int(answer.split()[1]), answer, text

    async def lines(self):
        """Of a stream of events (the sizes of its chunks are lines too)."""
        while line := await self.streams[0].readline():
            yield line.decode().strip()


class Client:
    def __init__(self, student, code, record):
        self.student, self.code, self.record = student, code, record
        self.connection, self.cookie, self.token, self.last = Connection(), "", "", 0
        self.accepted = self.refused = self.fetched = self.broken = 0
        # When the newest event was, by the board's clock; looks asked for that have not come; by look, when it was known.
        self.newest, self.waiting, self.known, self.delays = 0, [], {}, []
        self.wanted = asyncio.Event()

    async def enter(self):
        _, head, _ = await self.connection.ask("POST", "/enter", body=f"code={self.code}")
        self.cookie = re.search(r"set-cookie: ([^;]+)", head, re.I)[1]
        _, _, page = await self.connection.ask("GET", "/me", self.cookie)
        self.token = re.search(r'name="token" value="(\w+)"', page)[1]
        found = SEEN.search(page)
        self.last = int(found[1]) if found else 0

    async def work(self, offset, period, end):
        tasks = [asyncio.create_task(self.listen()), asyncio.create_task(self.fetch())]
        await asyncio.sleep(offset)
        asking = Connection()
        while time.monotonic() < end:
            now = time.time() * 1000
            status, _, _ = await asking.ask("POST", "/me/look", self.cookie, urllib.parse.urlencode({"token": self.token}))
            self.accepted += status == 303
            self.refused += status == 429
            if status == 303:
                self.waiting.append(now)
            await asyncio.sleep(period)
        deadline = time.monotonic() + 60
        while self.waiting and time.monotonic() < deadline:
            await asyncio.sleep(0.2)
        for task in tasks:
            task.cancel()

    async def listen(self):
        while True:
            stream = Connection()
            with contextlib.suppress(OSError, asyncio.IncompleteReadError):
                await stream.ask("GET", "/me/events", self.cookie)
                event = ""
                async for line in stream.lines():
                    if line.startswith("event: "):
                        event = line[7:]
                    elif line.startswith("data: ") and event == "changed":
                        self.newest = int(line[6:])
                        self.wanted.set()
            self.broken += 1
            await asyncio.sleep(2)

    async def fetch(self):
        """As the page's script: one under way, and one waiting."""
        while True:
            await self.wanted.wait()
            self.wanted.clear()
            event = self.newest
            _, _, page = await self.connection.ask("GET", "/me", self.cookie)
            now, found = time.time() * 1000, SEEN.search(page)
            self.fetched += 1
            if not found or int(found[1]) == self.last:
                continue
            self.last = int(found[1])
            # The event's time is its newest cause's, and the record is written behind the lesson's back: the earlier
            # of both is nearer to when the verdict was known.
            written = self.record.stat().st_mtime_ns / 1e6
            known = min(event, written) if written > self.last else event
            self.known[self.student, str(self.last)] = known
            self.delays.append(now - known)
            self.waiting = [asked for asked in self.waiting if asked > self.last]


# Every "seen … ago" that appears, with when it did: [student, seen, at].
WATCH = """
window.looks = []; const known = new Set();
const note = first => document.querySelectorAll(arguments[0]).forEach(e => {
  const row = e.closest('tr'), link = row && row.querySelector('a[href^="/student/"]');
  const key = (link ? link.getAttribute('href').slice(9) : arguments[1]) + ' ' + e.dataset.ago;
  if (!known.has(key)) { known.add(key); if (!first) { looks.push([key, Date.now()]); } }
});
note(true);
new MutationObserver(() => note(false)).observe(document.body, {subtree: true, childList: true, attributes: true});
"""


@contextlib.contextmanager
def browsers(codes):
    """Chromium on the first student's page, and on the class's."""
    from selenium import webdriver
    from selenium.webdriver.chrome.service import Service

    pages = {}
    first = sorted(codes["students"])[0]
    try:
        for name, code, path, selector in (("a student's page", codes["students"][first], "/me", ".ask-seen [data-ago]"),
                                           ("the class's page", codes["teacher"], "/class", "table.heat [data-ago]")):
            options = webdriver.ChromeOptions()
            options.binary_location = shutil.which("chromium")
            for word in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-background-networking",
                         "--disable-component-update", "--disable-dev-shm-usage"]:
                options.add_argument(word)
            driver = pages[name] = webdriver.Chrome(options, Service(shutil.which("chromedriver")))
            driver.get(f"{BASE}/#{code}")
            deadline = time.monotonic() + 60
            while driver.execute_script("return location.pathname") != path and time.monotonic() < deadline:
                time.sleep(0.1)
            driver.execute_script(WATCH, selector, first)
        yield pages
    finally:
        for driver in pages.values():
            driver.quit()


def seen(pages):
    """By page: ((student, look), when it was seen)."""
    return {name: [((key.split(" ")[0], key.split(" ")[1]), at) for key, at in driver.execute_script("return looks")]
            for name, driver in pages.items()}
