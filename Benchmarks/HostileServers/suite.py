"""Grades one pair for each manner, with servers of its own, and measures what that costs: see scripts/hostile-suite,
which runs this in a class's network namespace.

    suite.py BASCULE FOLDER JOBS [MANNER...]

FOLDER has the class's roster, `class.yaml`, whose honest pair is the base that memory is measured from.
"""

import concurrent.futures
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time

import bounds
from grading import Row, grade, outcomes, show, summary, told
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
                if "\nlistening\n" in (work / "servers.log").read_text():
                    break
                time.sleep(0.1)
            else:
                row.faults.append("servers did not start: " + (work / "servers.log").read_text()[-300:])
                return
            if manner == "exchange-key-changes":
                grade(BASCULE, roster, work / "reports")
            status, text, row.wall, row.cpu, row.memory = grade(BASCULE, roster, work / "reports")
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


def main():
    manners = sys.argv[4:] or NAMES
    if unknown := [manner for manner in manners if manner not in NAMES]:
        sys.exit(f"no such manner: {', '.join(unknown)}; see {SERVERS.name} --list")
    with tempfile.TemporaryDirectory() as work:
        status, text, _, cpu, base = grade(BASCULE, FOLDER / "class.yaml", pathlib.Path(work))
        if status != 0:
            sys.exit(f"the honest pair was not graded:\n{text}")
    print(f"an honest pair: {cpu:.1f} s of processor, {base:.0f} MB; {bounds.WORDS}", flush=True)
    with concurrent.futures.ThreadPoolExecutor(JOBS) as pool:
        rows = []
        for future in concurrent.futures.as_completed(
                [pool.submit(run, manner, number, base) for number, manner in enumerate(manners)]):
            rows.append(future.result())
            show(rows[-1])
    sys.exit(summary(rows))


main()
