"""Grades honest pairs alone and beside hostile ones, and says what each run cost: see scripts/hostile-neighbours."""

import argparse
import contextlib
import json
import os
import pathlib
import subprocess
import sys
import time

import compare_results

HERE = os.path.dirname(os.path.abspath(__file__))
SIMULATED = os.path.join(os.path.dirname(HERE), "SimulatedClass")
sys.path.insert(0, SIMULATED)
import simulation  # noqa: E402 (it lies with the simulated class)

EVIDENCE = os.path.join(simulation.REPOSITORY, "exercises/activite-2/recorded/students/etu1/evidence.json")
# Seconds that an honest machine takes for a command: on a loopback alone the twenty are over before a neighbour counts.
PACE = 0.4
LAB = """    serv1: {address: 172.16.1.10, login: "%s"}
    serv2: {address: 172.16.1.11, login: "%s"}
    vip: 172.16.1.12/24
    dns: {server: 172.16.1.13, names: [www.etu1.lab]}
    web: {expect: "Intralab de etu1"}
    network: tunnel
"""


@contextlib.contextmanager
def started(words, ready):
    """A server until the end; it is not waited for but for the word that says that it is there."""
    child = subprocess.Popen(words, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
    try:
        if not any(line.strip() == ready for line in child.stdout):
            sys.exit(f"{words[-1]} did not start")
        yield child
    finally:
        child.kill()
        child.wait()


def rosters(folder, honest, manners):
    """The class with the honest pairs alone, and with the hostile ones before them; and the hostile servers' ports."""
    with open(f"{folder}/class.yaml", encoding="utf-8") as stream:
        head, real = stream.read().split("students:\n")
    for number in range(honest - 1):
        real += f"  - id: s{number:02}\n    name: S\n" + LAB % tuple(simulation.logins(number))
    hostile, servers, port = "", [], 2200
    for manner, count in manners:
        for number in range(count):
            port += 2
            servers += [f"{manner}:{port}", f"{manner}:{port + 1}"]
            hostile += f"  - id: {manner}{number + 1}\n    name: H\n" \
                + LAB % (f"127.0.0.1:{port}", f"127.0.0.1:{port + 1}")
    for name, students in [("alone", real), ("beside", hostile + real)]:
        with open(f"{folder}/{name}.yaml", "w", encoding="utf-8") as stream:
            stream.write(f"{head}students:\n{students}")
    return servers


def grade(program, folder, work, name, honest, jobs):
    """One run: how long until the last honest pair had its result, and until the end; what it cost."""
    # Of the servers started here nobody is known from before.
    known = pathlib.Path(folder, "known_hosts")
    lines = known.read_text(encoding="utf-8").splitlines(True) if known.exists() else []
    known.write_text("".join(line for line in lines if line.startswith("172.16.")), encoding="utf-8")
    begin = time.monotonic()
    child = subprocess.Popen(
        [program, "grade-all", f"{folder}/{name}.yaml", "--reports", f"{work}/{name}", "--jobs", str(jobs), "--json",
         "--events", f"{work}/{name}.events"],
        stdout=subprocess.PIPE, text=True)
    last, took = 0.0, {}
    for line in child.stdout:
        event = json.loads(line)
        if event["event"] == "started":
            took[event["student"]] = -time.monotonic()
        if event["event"] == "graded":
            took[event["student"]] += time.monotonic()
            if event["student"] in honest:
                last = time.monotonic() - begin
            elif name == "beside":
                print(f"    {event['student']} after {took[event['student']]:.1f} s: "
                      f"{event.get('message', '')[:160]}")
    _, status, usage = os.wait4(child.pid, 0)
    child.returncode = os.waitstatus_to_exitcode(status)
    if child.returncode not in (0, 2):
        sys.exit(f"grade-all ended with {child.returncode}")
    with open(f"{work}/{name}.events", encoding="utf-8") as stream:
        ended = json.loads(stream.readlines()[-1])
    pairs = sorted(seconds for student, seconds in took.items() if student in honest)
    print(f"{name}: honest pairs done after {last:.1f} s (each {pairs[0]:.1f} to {pairs[-1]:.1f}), "
          f"all after {time.monotonic() - begin:.1f} s; CPU {usage.ru_utime:.1f} s user, {usage.ru_stime:.1f} s "
          f"system; peak {usage.ru_maxrss / 1024:.0f} MiB; worst lag {ended.get('worstLag', '?')} s", flush=True)
    return last


def main():
    options = argparse.ArgumentParser()
    options.add_argument("program")
    options.add_argument("folder", help="the virtual class's")
    options.add_argument("work")
    options.add_argument("--honest", type=int, default=20)
    options.add_argument("--jobs", type=int, default=16)
    options.add_argument("manners", nargs="+", help="MANNER=PAIRS")
    asked = options.parse_args()
    servers = rosters(asked.folder, asked.honest,
                      [(word.split("=")[0], int(word.split("=")[1])) for word in asked.manners])
    subprocess.run(["ip", "route", "replace", "local", "10.64.0.0/16", "dev", "lo"], check=True)
    key = f"{asked.work}/key.pub"
    with open(key, "w", encoding="utf-8") as stream:
        subprocess.run(["ssh-keygen", "-y", "-f", f"{asked.folder}/id_ed25519"], stdout=stream, check=True)
    subprocess.run(["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", f"{asked.work}/host_key"], check=True)
    python = [sys.executable, "-Wignore"]
    honest = {"etu1"} | {f"s{number:02}" for number in range(asked.honest - 1)}
    with contextlib.ExitStack() as stack:
        for _ in range(2):
            stack.enter_context(started([*python, f"{SIMULATED}/server.py", EVIDENCE, f"{asked.work}/host_key", key,
                                         "22", str(PACE)], "ready"))
        # Students have processors of their own: what theirs do must not take the grader's.
        stack.enter_context(started(["nice", "-n", "10", *python, f"{HERE}/servers.py", *servers], "listening"))
        name = os.path.basename(asked.folder)
        alone = grade(asked.program, asked.folder, asked.work, "alone", honest, asked.jobs)
        beside = grade(asked.program, asked.folder, asked.work, "beside", honest, asked.jobs)
        print(f"honest pairs waited {beside / alone:.2f} times as long")
        compare_results.compare(f"{asked.work}/alone", f"{asked.work}/beside", name, sorted(honest))


main()
