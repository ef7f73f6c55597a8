"""Grades a simulated class of so many pairs and says what it cost: see Benchmarks/scale."""

import argparse
import json
import os
import resource
import subprocess
import sys
import tempfile
import time

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(os.path.dirname(HERE))


def roster(count, silent, folder):
    """Everybody has the recorded pair's lab addresses, behind an address of their own; the silent ones answer not."""
    students = []
    for number in range(count):
        third, last = divmod(number * 2, 250)
        network = "10.99" if silent and number % 10 == 9 else "10.64"
        students.append(
            "  - {id: s%04d, name: S, serv1: {address: 172.16.1.10, login: %s.%d.%d}, "
            "serv2: {address: 172.16.1.11, login: %s.%d.%d}, vip: 172.16.1.12/24}"
            % (number, network, third, last + 2, network, third, last + 3)
        )
    text = """class: simulated
exercise: activite-2
defaults:
  ssh: {user: root, identityFile: id_ed25519}
  dns: {server: 172.16.1.13, names: [www.etu1.lab]}
  web: {expect: "Intralab de etu1"}
students:
%s
""" % "\n".join(students)
    file = os.path.join(folder, f"class-{count}{'-silent' if silent else ''}.yaml")
    with open(file, "w", encoding="utf-8") as stream:
        stream.write(text)
    return file


def grade(program, file, folder, jobs):
    """One run: wall, own CPU, peak memory, how many were assessed."""
    reports = os.path.join(folder, os.path.basename(file) + ".reports")
    begin = time.monotonic()
    child = subprocess.Popen(
        [program, "grade-all", file, "--reports", reports, "--jobs", str(jobs), "--json", "--lang", "en",
         "--rubric", os.path.join(REPOSITORY, "rubrics/activite-2.yaml")],
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True)
    out, err = child.stdout.read(), child.stderr.read()
    _, status, usage = os.wait4(child.pid, 0)
    wall = time.monotonic() - begin
    events = [json.loads(line) for line in out.splitlines() if line.startswith("{")]
    graded = [event for event in events if event["event"] == "graded"]
    whole = [event for event in graded if event.get("decided", 0) > 0 and not event.get("message")]
    if err:
        print(err[:500], file=sys.stderr)
    return {
        "exit": os.waitstatus_to_exitcode(status), "wall": wall, "cpu": usage.ru_utime + usage.ru_stime,
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
        sys.exit("At most 1500 pairs: more have no addresses here.")
    # Two connections a pair, a file for each report.
    resource.setrlimit(resource.RLIMIT_NOFILE, (resource.getrlimit(resource.RLIMIT_NOFILE)[1],) * 2)
    servers = []
    with tempfile.TemporaryDirectory(prefix="bascule-scale-") as folder:
        try:
            for name in ["id_ed25519", "host_key"]:
                subprocess.run(
                    ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", os.path.join(folder, name)], check=True)
            for _ in range(os.cpu_count() or 1):
                servers.append(subprocess.Popen(
                    [sys.executable, os.path.join(HERE, "server.py"), asked.evidence,
                     os.path.join(folder, "host_key"), os.path.join(folder, "id_ed25519.pub"), "22"],
                    stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
            for server in servers:
                if server.stdout.readline() != "ready\n":
                    sys.exit("The simulated class did not come up.")
            print(f"{'pairs':>6} {'silent':>6} {'wall s':>8} {'s/pair':>7} {'CPU s':>7} {'ms/pair':>8} "
                  f"{'peak MiB':>9} {'assessed':>9}  marks", flush=True)
            runs = []
            for count, silent in [(n, False) for n in asked.pairs] + (
                    [(max(asked.pairs), True)] if asked.silent else []):
                run = grade(asked.program, roster(count, silent, folder), folder, asked.jobs)
                runs.append((count, silent, run))
                print(f"{count:>6} {count // 10 if silent else 0:>6} {run['wall']:>8.1f} "
                      f"{run['wall'] / count:>7.3f} {run['cpu']:>7.2f} {run['cpu'] / count * 1000:>8.1f} "
                      f"{run['memory']:>9.1f} {run['assessed']:>4}/{run['graded']:<4}  {run['marks']}", flush=True)
            plain = [(count, run) for count, silent, run in runs if not silent]
            if len(plain) > 1:
                (low, small), (high, large) = plain[0], plain[-1]
                print(f"from {low} to {high} pairs: {(large['wall'] - small['wall']) / (high - low) * 1000:.1f} ms of "
                      f"wall, {(large['cpu'] - small['cpu']) / (high - low) * 1000:.1f} ms of client CPU and "
                      f"{(large['memory'] - small['memory']) / (high - low) * 1024:.0f} KiB for each more")
            if asked.silent:
                print(f"a tenth silent: {runs[-1][2]['wall'] - plain[-1][1]['wall']:+.1f} s of wall")
            for server in servers:
                server.stdin.close()
            usage = 0.0
            for server in servers:
                _, _, own = os.wait4(server.pid, 0)
                usage += own.ru_utime + own.ru_stime
            print(f"the servers' CPU over all runs: {usage:.1f} s; load now {os.getloadavg()[0]:.1f}, "
                  f"{os.cpu_count()} cores for both sides")
        finally:
            for server in servers:
                if server.returncode is None and server.poll() is None:
                    server.kill()


main()
