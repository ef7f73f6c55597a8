"""Grades a simulated class of so many pairs and says what it cost: see Benchmarks/scale."""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

import simulation


def grade(program, file, folder, jobs):
    """One run: wall, own CPU, peak memory, how many were assessed."""
    reports = os.path.join(folder, os.path.basename(file) + ".reports")
    begin = time.monotonic()
    child = subprocess.Popen(
        [program, "grade-all", file, "--reports", reports, "--jobs", str(jobs), "--json", "--lang", "en",
         "--rubric", os.path.join(simulation.REPOSITORY, "rubrics/activite-2.yaml")],
        stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    out = child.stdout.read()
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    wall = time.monotonic() - begin
    lines = out.splitlines()
    events = [json.loads(line) for line in lines if line.startswith("{")]
    for line in [line for line in lines if not line.startswith("{")][:5]:
        print(line, file=sys.stderr)
    graded = [event for event in events if event["event"] == "graded"]
    whole = [event for event in graded if event.get("decided", 0) > 0 and not event.get("message")]
    return {
        "exit": child.returncode, "wall": wall, "cpu": usage.ru_utime + usage.ru_stime,
        "memory": usage.ru_maxrss / 1024, "graded": len(graded), "assessed": len(whole),
        "marks": sorted({event["earned"] for event in whole}),
    }


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--program", required=True)
    options.add_argument("--evidence", required=True)
    options.add_argument("--jobs", type=int, default=16)
    options.add_argument("--silent", action="store_true", help="a second run of the largest, a tenth silent")
    options.add_argument("pairs", type=int, nargs="+")
    asked = options.parse_args()
    if max(asked.pairs) > 1500:
        sys.exit("At most 1500 pairs: a roster is at most 256 KiB.")
    # Two connections a pair, a file for each report.
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    with tempfile.TemporaryDirectory(prefix="bascule-scale-") as folder, \
            simulation.servers(asked.evidence, folder) as servers:
        print(f"{'pairs':>6} {'silent':>6} {'wall s':>8} {'s/pair':>7} {'CPU s':>7} {'ms/pair':>8} "
              f"{'peak MiB':>9} {'assessed':>11} {'servers':>8}  marks", flush=True)
        plans = [(count, False) for count in asked.pairs]
        if asked.silent:
            plans.append((max(asked.pairs), True))
        runs = []
        for count, silent in plans:
            before = simulation.cpu(server.pid for server in servers)
            run = grade(asked.program, simulation.roster(count, silent, folder), folder, asked.jobs)
            spent = simulation.cpu(server.pid for server in servers) - before
            runs.append((count, silent, run))
            print(f"{count:>6} {count // 10 if silent else 0:>6} {run['wall']:>8.1f} {run['wall'] / count:>7.3f} "
                  f"{run['cpu']:>7.2f} {run['cpu'] / count * 1000:>8.1f} {run['memory']:>9.1f} "
                  f"{run['assessed']:>5}/{run['graded']:<5} {spent:>6.1f} s  {run['marks']}", flush=True)
        plain = [(count, run) for count, silent, run in runs if not silent]
        if len(plain) > 1:
            (low, small), (high, large) = plain[0], plain[-1]
            print(f"from {low} to {high} pairs: {(large['wall'] - small['wall']) / (high - low) * 1000:.1f} ms of "
                  f"wall, {(large['cpu'] - small['cpu']) / (high - low) * 1000:.1f} ms of client CPU and "
                  f"{(large['memory'] - small['memory']) / (high - low) * 1024:.0f} KiB for each more")
        if asked.silent:
            print(f"a tenth silent: {runs[-1][2]['wall'] - plain[-1][1]['wall']:+.1f} s of wall")
        print(f"load now {os.getloadavg()[0]:.1f}; {os.cpu_count()} cores for both sides")


main()
