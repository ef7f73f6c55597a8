"""A virtual class with a board in its teacher's network, for scripts/board-check and scripts/board-kill."""

import http.cookiejar
import json
import os
import pathlib
import re
import signal
import subprocess
import sys
import time
import urllib.error
import urllib.parse
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parent.parent
LAB = pathlib.Path(os.environ.get("BASCULE_LAB", "/run/bascule/lab"))
# Of what is kept, what differs from look to look though nothing else does.
TIMES = {"collectedAt", "collectionSeconds", "evidenceSHA256", "firstMetAt"}


def program():
    """BASCULE, or the release build."""
    return os.environ.get("BASCULE") or subprocess.run(
        [ROOT / "scripts/build"], stdout=subprocess.PIPE, text=True, check=True).stdout.splitlines()[-1]


def in_class(name, situations, script, *words):
    """Raises a class, runs the script in its teacher's network, takes the class down. Its exit status."""
    os.environ["BASCULE"] = str(pathlib.Path(program()).resolve())
    lab = [os.environ["BASCULE"], "lab"]
    options = [word for student, situation in situations.items() for word in ("--situation-of", f"{student}={situation}")]
    try:
        subprocess.run([*lab, "up", "--class", name, "--students", str(len(situations)), *options], check=True)
        return subprocess.run(
            [*lab, "shell", "--class", name, "teacher", sys.executable, script, *map(str, words), "--inside"]).returncode
    finally:
        subprocess.run([*lab, "down", "--class", name], check=True)


class VirtualClass:
    def __init__(self, name):
        self.name, self.roster = name, LAB / name / "class.yaml"
        self.program = os.environ["BASCULE"]
        self.students = re.findall(r"- id: (\w+)", self.roster.read_text())

    def on(self, machine, *command, check=True):
        """What a command on a machine writes; `etu1/serv1`."""
        words = [self.program, "lab", "shell", "--class", self.name, machine, *command]
        return subprocess.run(words, capture_output=True, text=True, timeout=120, check=check).stdout

    def bascule(self, *words, timeout=300):
        return subprocess.run([self.program, *map(str, words)], capture_output=True, text=True, timeout=timeout)


class Board:
    def __init__(self, lesson, reports, *options, port=8080, roster=None):
        self.lesson, self.reports, self.options, self.port = lesson, pathlib.Path(reports), options, port
        self.roster = roster or lesson.roster
        self.folder = self.reports / lesson.name / "board"
        self.process, self.base = None, None

    @property
    def codes(self):
        return json.loads((self.folder / "codes.json").read_text())

    def start(self, seconds=60):
        """Comes back when it listens."""
        self.reports.mkdir(parents=True, exist_ok=True)
        log = self.reports / f"board-{self.port}.log"
        with open(log, "w") as out:
            self.process = subprocess.Popen(
                [self.lesson.program, "board", str(self.roster), "--listen", f"0.0.0.0:{self.port}", "--reports",
                 str(self.reports), *self.options], stdout=out, stderr=subprocess.STDOUT)
        link = wait_for(lambda: self.process.poll() is not None or re.search(r"(http\S+) \(", log.read_text()), seconds)
        if self.process.poll() is not None:
            raise Missing(f"the board ended with {self.process.returncode}: {log.read_text()[-500:]}")
        self.base = link[1]

    def end(self, how=signal.SIGTERM):
        """Its exit status."""
        self.process.send_signal(how)
        return self.process.wait(120)

    def record(self, student):
        """What is kept of the student's last look; None before the first."""
        try:
            return json.loads((self.folder / f"students/{student}.json").read_text())
        except FileNotFoundError:
            return None

    def visitor(self, who):
        codes = self.codes
        return Visitor(self.base, codes["teacher"] if who == "teacher" else codes["students"][who])


class Visitor:
    """Somebody without a browser, who has come in by a code."""

    def __init__(self, base, code):
        self.base, self.token = base, ""
        jar = urllib.request.HTTPCookieProcessor(http.cookiejar.CookieJar())
        self.opener = urllib.request.build_opener(jar, urllib.request.ProxyHandler({}))
        self.status, page = self.post("/enter", code=code)
        self.token = (re.search(r'name="token" value="(\w+)"', page) or ["", ""])[1]

    def get(self, path):
        return self._ask(urllib.request.Request(self.base + path))

    def post(self, path, **fields):
        body = urllib.parse.urlencode({"token": self.token, **fields}).encode()
        return self._ask(urllib.request.Request(self.base + path, body, {"Origin": self.base}))

    def _ask(self, request):
        try:
            with self.opener.open(request, timeout=30) as answer:
                return answer.status, answer.read().decode()
        except urllib.error.HTTPError as error:
            return error.code, error.read().decode()


class Missing(Exception):
    """What had to be there is not."""


def wait_for(condition, seconds, what="it"):
    """What the condition comes to when it is true at last."""
    deadline = time.monotonic() + seconds
    while True:
        if found := condition():
            return found
        if time.monotonic() > deadline:
            raise Missing(f"{what}: not within {seconds} s")
        time.sleep(0.1)


def without_times(value):
    """A stored value as it is but for its times."""
    if isinstance(value, dict):
        return {key: without_times(child) for key, child in value.items() if key not in TIMES}
    return [without_times(child) for child in value] if isinstance(value, list) else value
