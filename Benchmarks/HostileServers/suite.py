"""Grades one pair for each manner, with servers of its own, and measures what that costs: see scripts/hostile-suite,
which runs this in a class's network namespace.

    suite.py BASCULE FOLDER JOBS [MANNER...]

FOLDER has the class's roster, `class.yaml`, whose honest pair is the base that memory is measured from.
"""

import concurrent.futures
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import time

import bounds
from servers import NAMES

BASCULE, FOLDER, JOBS = sys.argv[1], pathlib.Path(sys.argv[2]), int(sys.argv[3])
SERVERS = pathlib.Path(__file__).with_name("servers.py")
ROSTER = """\
class: hostile
exercise: activite-2
defaults:
  ssh: {{user: root, passwordFile: password, knownHosts: known_hosts}}
students:
  - id: hostile
    name: "{manner}"
    serv1: {{address: 172.31.0.10, login: "127.0.0.1:{port}"}}
    serv2: {{address: 172.31.0.11, login: "127.0.0.1:{other}"}}
    vip: 172.31.0.12/24
    dns: none
    network: tunnel
"""


class Row:
    """What became of one manner."""

    def __init__(self, manner):
        self.manner, self.faults = manner, []
        self.wall = self.cpu = self.memory = 0.0
        self.outcome = ""


def grade(roster, reports, language):
    """Status, output, seconds, processor seconds, peak memory in MB of one run."""
    begin = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [BASCULE, "grade-all", str(roster), "--reports", str(reports)], stdin=subprocess.DEVNULL, stdout=output,
            stderr=output, cwd=roster.parent, env={**os.environ, "LC_ALL": language, "COLUMNS": "100000"})
        # Beyond any bound: a run that hangs is a finding, too.
        killed = False
        while True:
            pid, status, usage = os.wait4(process.pid, os.WNOHANG)
            if pid:
                break
            if time.monotonic() - begin > 300 and not killed:
                killed = True
                process.kill()
            time.sleep(0.02)
        process.returncode = os.waitstatus_to_exitcode(status)
        output.seek(0)
        text = output.read().decode("utf-8", "replace")
    return (process.returncode, text, time.monotonic() - begin, usage.ru_utime + usage.ru_stime,
            usage.ru_maxrss / 1024)


def outcomes(reports):
    """How many checks there are of each outcome, and the sentences of what kept us from the machines."""
    folder = next(reports.glob("*/latest/students/*"), None)
    if folder is None:
        return {}, {}, []
    result = json.loads((folder / "result.json").read_text())
    counts = {}
    for question in result["questions"]:
        for check in question["checks"]:
            outcome = check["result"]["verdict"]["outcome"]
            counts[outcome] = counts.get(outcome, 0) + 1
    evidence = json.loads((folder / "evidence.json").read_text())
    sentences = [failure["text"] for failure in evidence["unreachable"].values()]
    for observation in evidence["observations"]:
        sentences += [value["text"] for value in observation["outcome"].values()
                      if isinstance(value, dict) and "text" in value]
    return result, counts, sentences


def told(sentences):
    """The first in both languages, without whom it is about."""
    for sentence in sentences:
        return tuple(re.sub(r"^hostile/serv\d\s?: ", "", sentence[language]) for language in ("en", "fr"))
    return "", ""


def run(manner, number, base):
    row = Row(manner)
    try:
        attempt(row, number, base)
    except Exception as error:
        # A finding like any other: the other manners go on.
        row.faults.append(f"{type(error).__name__}: {error}")
    return row


def attempt(row, number, base):
    manner = row.manner
    port = 20_000 + 2 * number
    with tempfile.TemporaryDirectory() as work:
        work = pathlib.Path(work)
        (work / "password").write_text("etudiant\n")
        (work / "password").chmod(0o600)
        (work / "known_hosts").touch()
        roster = work / "class.yaml"
        roster.write_text(ROSTER.format(manner=manner, port=port, other=port + 1))
        with open(work / "servers.log", "w") as log:
            servers = subprocess.Popen([sys.executable, SERVERS, f"{manner}:{port}", f"{manner}:{port + 1}"],
                                       stdout=log, stderr=log)
        try:
            for _ in range(200):
                if "listening" in (work / "servers.log").read_text():
                    break
                time.sleep(0.1)
            else:
                row.faults.append("servers did not start: " + (work / "servers.log").read_text()[-300:])
                return
            if manner == "exchange-key-changes":
                grade(roster, work / "reports", "C.UTF-8")
            status, text, row.wall, row.cpu, row.memory = grade(roster, work / "reports", "C.UTF-8")
        finally:
            servers.terminate()
            servers.wait()
        if keep := os.environ.get("KEEP"):
            shutil.rmtree(f"{keep}/{manner}", ignore_errors=True)
            shutil.copytree(work, f"{keep}/{manner}", symlinks=True)
            pathlib.Path(f"{keep}/{manner}/output").write_text(text)
        result, counts, sentences = outcomes(work / "reports")
        english, french = told(sentences)
        row.outcome = english or f"({counts})"
        bounds.judge(row, status, text, counts, english, french, base)


def show(row):
    print(f"{row.manner:28} {row.wall:5.1f} s {row.cpu:5.1f} s {row.memory:5.0f} MB  "
          f"{'ok ' if not row.faults else 'OUT'}  {row.outcome[:200]}", flush=True)
    for fault in row.faults:
        print(f"{'':28} !! {fault}", flush=True)


def main():
    manners = sys.argv[4:] or NAMES
    if unknown := [manner for manner in manners if manner not in NAMES]:
        sys.exit(f"no such manner: {', '.join(unknown)}; see {SERVERS.name} --list")
    with tempfile.TemporaryDirectory() as work:
        status, text, _, cpu, base = grade(FOLDER / "class.yaml", pathlib.Path(work), "C.UTF-8")
        if status != 0:
            sys.exit(f"the honest pair was not graded:\n{text}")
    print(f"an honest pair: {cpu:.1f} s of processor, {base:.0f} MB; {bounds.WORDS}", flush=True)
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        rows = []
        for future in concurrent.futures.as_completed(
                [pool.submit(run, manner, number, base) for number, manner in enumerate(manners)]):
            rows.append(future.result())
            show(rows[-1])
    out = [row.manner for row in rows if row.faults]
    print(f"{len(rows)} manners, {len(out)} out of bounds or wrong{': ' + ', '.join(sorted(out)) if out else ''}; "
          f"at most {max(row.wall for row in rows):.0f} s, {max(row.cpu for row in rows):.1f} s of processor, "
          f"{max(row.memory for row in rows):.0f} MB")
    sys.exit(1 if out else 0)


main()
