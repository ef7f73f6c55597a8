"""A lesson on the board with the simulated class, and what it costs: see Benchmarks/board."""

import argparse
import asyncio
import json
import os
import pathlib
import re
import resource
import statistics
import subprocess
import sys
import tempfile
import time

import board_client
import simulation

# Between two checks that a student asks for: the board's pause is a minute.
PERIOD = 61
RUBRIC = os.path.join(simulation.REPOSITORY, "rubrics/activite-2.yaml")


class Board:
    def __init__(self, program, roster, reports):
        self.reports = pathlib.Path(reports)
        self.folder = self.reports / "simulated/board"
        self.log = open(os.path.join(os.path.dirname(roster), "board.log"), "w+", encoding="utf-8")
        self.process = subprocess.Popen(
            [program, "board", roster, "--reports", reports, "--listen", "127.0.0.1:8080", "--rubric", RUBRIC],
            stdout=self.log, stderr=subprocess.STDOUT)
        deadline = time.monotonic() + 60
        while "/#" not in pathlib.Path(self.log.name).read_text():
            if self.process.poll() is not None or time.monotonic() > deadline:
                sys.exit("The board did not come up: " + pathlib.Path(self.log.name).read_text())
            time.sleep(0.05)
        self.codes = json.loads((self.folder / "codes.json").read_text())

    def cpu(self):
        return simulation.cpu([self.process.pid])

    def memory(self):
        """The most that it held, in MiB."""
        with open(f"/proc/{self.process.pid}/status", encoding="ascii") as stream:
            return int(re.search(r"VmHWM:\s+(\d+)", stream.read())[1]) / 1024

    def end(self):
        self.process.terminate()
        return self.process.wait(60)


def graded(program, roster, reports, beside=None):
    """Wall and CPU of one run; what an idle board spends on it is counted in."""
    begin, before = time.monotonic(), beside.cpu() if beside else 0
    child = subprocess.Popen(
        [program, "grade-all", roster, "--reports", reports, "--rubric", RUBRIC, "--plain"], stdout=subprocess.DEVNULL)
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    spent = usage.ru_utime + usage.ru_stime + (beside.cpu() - before if beside else 0)
    return child.returncode, time.monotonic() - begin, spent


def grading(name, runs):
    status = sorted({run[0] for run in runs})
    walls, spent = [run[1] for run in runs], [run[2] for run in runs]
    print(f"grade-all {name}: {statistics.median(walls):.2f} s of wall ({min(walls):.2f} to {max(walls):.2f}), "
          f"{statistics.median(spent):.2f} s of CPU; exit status {status}", flush=True)


def share(name, values):
    """Milliseconds: the middle, the 99th of a hundred, the worst."""
    if not values:
        return print(f"{name}: nothing was seen")
    values = sorted(values)
    at = lambda part: values[min(int(len(values) * part), len(values) - 1)]  # noqa: E731
    print(f"{name}: p50 {at(0.5):.0f} ms, p99 {at(0.99):.0f} ms, worst {values[-1]:.0f} ms ({len(values)} looks)",
          flush=True)


async def lesson(board, students, seconds):
    """Everybody at work; the clients, with what they have seen."""
    clients = [board_client.Client(student, board.codes["students"][student], board.folder / f"students/{student}.json")
               for student in students]
    for client in clients:
        await client.enter()
    end = time.monotonic() + seconds
    await asyncio.gather(*(client.work(PERIOD * index / len(clients), PERIOD, end)
                           for index, client in enumerate(clients)))
    return clients


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--program", required=True)
    options.add_argument("--evidence", required=True)
    options.add_argument("students", type=int)
    options.add_argument("seconds", type=int)
    asked = options.parse_args()
    if asked.students > 200 or asked.seconds > 900:
        sys.exit("At most 200 students and 900 seconds.")
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with tempfile.TemporaryDirectory(prefix="bascule-board-") as folder, simulation.servers(asked.evidence, folder) as servers:
        roster, reports = simulation.roster(asked.students, False, folder), os.path.join(folder, "reports")
        graded(asked.program, roster, os.path.join(folder, "warm"))
        grading("by itself", [graded(asked.program, roster, reports) for _ in range(3)])
        board = Board(asked.program, roster, reports)
        idle = board.cpu()
        time.sleep(10)
        print(f"the board idle: {(board.cpu() - idle) * 100 / 10:.1f} % of a core, {board.memory():.0f} MiB", flush=True)
        grading("beside an idle board", [graded(asked.program, roster, reports, board) for _ in range(3)])
        before, begin, served = board.cpu(), time.monotonic(), simulation.cpu(server.pid for server in servers)
        with board_client.browsers(board.codes) as pages:
            clients = asyncio.run(lesson(board, sorted(board.codes["students"]), asked.seconds))
            seen = board_client.seen(pages)
        wall, spent = time.monotonic() - begin, board.cpu() - before
        known = {key: at for client in clients for key, at in client.known.items()}
        share("verdict known to page fetched", [delay for client in clients for delay in client.delays])
        for name, looks in seen.items():
            share(f"verdict known to seen in Chromium, {name}", [at - known[key] for key, at in looks if key in known])
        accepted, lost = (sum(values) for values in zip(*((client.accepted, len(client.waiting)) for client in clients)))
        # A class that does not answer is looked at in no time.
        judged = sum(bool(json.loads(client.record.read_text())["atBeginning"]) for client in clients)
        print(f"{judged} of {len(clients)} students judged; {accepted} checks asked for and accepted, {sum(c.refused for c in clients)} refused as too soon, "
              f"{len(known)} looks seen, {lost} lost; {sum(c.fetched for c in clients)} pages fetched, "
              f"{sum(c.broken for c in clients)} streams broken")
        print(f"the board: {spent:.1f} s of CPU in {wall:.0f} s ({spent / wall * 100:.0f} % of a core), "
              f"{board.memory():.0f} MiB at most; servers {simulation.cpu(s.pid for s in servers) - served:.1f} s; "
              f"load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores")
        board.end()
        return 1 if lost or not accepted or judged < len(clients) else 0


sys.exit(main())
