"""One run of the program under test: what it cost and what it said."""

import json
import os
import re
import subprocess
import tempfile
import time


class Row:
    """What became of one manner."""

    def __init__(self, manner):
        self.manner, self.faults = manner, []
        self.wall = self.cpu = self.memory = 0.0
        self.outcome = ""


def peak_memory(pid):
    """In MB so far; wait4(2) counts also what its parent had when it was forked."""
    try:
        with open(f"/proc/{pid}/status", encoding="utf-8") as status:
            return next((int(line.split()[1]) / 1024 for line in status if line.startswith("VmHWM:")), 0)
    except OSError:
        return 0


def grade(bascule, roster, reports):
    """Status, output, seconds, processor seconds, peak memory in MB of one run."""
    begin = time.monotonic()
    with tempfile.TemporaryFile() as output:
        process = subprocess.Popen(
            [bascule, "grade-all", str(roster), "--reports", str(reports)], stdin=subprocess.DEVNULL, stdout=output,
            stderr=output, cwd=roster.parent, env={**os.environ, "LC_ALL": "C.UTF-8", "COLUMNS": "100000"})
        # Beyond any bound: a run that hangs is a finding, too.
        killed = False
        peak = 0
        while True:
            peak = peak_memory(process.pid) or peak
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
    return process.returncode, text, time.monotonic() - begin, usage.ru_utime + usage.ru_stime, peak


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


def show(row):
    print(f"{row.manner:28} {row.wall:5.1f} s {row.cpu:5.1f} s {row.memory:5.0f} MB  "
          f"{'ok ' if not row.faults else 'OUT'}  {row.outcome[:200]}", flush=True)
    for fault in row.faults:
        print(f"{'':28} !! {fault}", flush=True)


def summary(rows):
    """Prints it; the exit status."""
    out = sorted(row.manner for row in rows if row.faults)
    print(f"{len(rows)} manners, {len(out)} out of bounds or wrong{': ' + ', '.join(out) if out else ''}; "
          f"at most {max(row.wall for row in rows):.0f} s, {max(row.cpu for row in rows):.1f} s of processor, "
          f"{max(row.memory for row in rows):.0f} MB")
    return 1 if out else 0
