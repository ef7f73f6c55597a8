"""The simulated class as the benchmarks use it: keys, servers, a roster."""

import contextlib
import json
import os
import shlex
import subprocess
import sys

HERE = os.path.dirname(os.path.abspath(__file__))
REPOSITORY = os.path.dirname(os.path.dirname(HERE))
sys.path.insert(0, os.path.join(REPOSITORY, "scripts"))

from recording_form import expanded  # noqa: E402 (it lies with the scripts)


def network_command(outcome):
    """What somebody without Bascule has a node run for what a network probe sees; None: it was no network probe."""
    if "http" in outcome:
        request = outcome["http"]["request"]
        scheme = "https" if request["tls"] else "http"
        return ["curl", "-sSik", "--max-time", "5", "-A", request["userAgent"], "-H", f"Host: {request['host']}",
                f"{scheme}://{request['address']}:{request['port']}{request['target']}"]
    if "dns" in outcome:
        request = outcome["dns"]["request"]
        return ["dig", "+tries=1", "+time=3", "-p", str(request["port"]), f"@{request['server']}", request["name"],
                request["type"]]
    if "port" in outcome:
        return ["nc", "-z", "-w", "3", outcome["port"]["address"], str(outcome["port"]["port"])]
    return None


def commands(evidence):
    """What Bascule asks of each node, as command lines, the primary's first. It makes its network probes through the node without the virtual IP, which is the secondary's in the recorded pair: there they are commands."""
    lines = [[], []]
    with open(evidence, encoding="utf-8") as stream:
        observations = expanded(json.load(stream)["observations"])
    for observation in observations:
        outcome = observation["outcome"]
        if "command" in outcome:
            # What a command reads is not kept: it reads nothing, or would wait where nobody ends its input.
            line = shlex.join(outcome["command"]["arguments"]) + " </dev/null"
            lines[1 if observation["id"].startswith("serv2/") else 0].append(line)
        elif probe := network_command(outcome):
            lines[1].append(shlex.join(probe))
    return lines


def logins(number, silent=False):
    """The addresses of a pair's two nodes: even ones are serv1, odd ones serv2."""
    third, last = divmod(number * 2, 250)
    network = "10.99" if silent else "10.64"
    return [f"{network}.{third}.{last + 2}", f"{network}.{third}.{last + 3}"]


def roster(count, silent, folder):
    """Everybody has the recorded pair's lab addresses, behind addresses of their own; a tenth may be silent."""
    students = []
    for number in range(count):
        one, two = logins(number, silent and number % 10 == 9)
        students.append(
            f"  - {{id: s{number:04}, name: S, serv1: {{address: 172.16.1.10, login: {one}}}, "
            f"serv2: {{address: 172.16.1.11, login: {two}}}, vip: 172.16.1.12/24}}")
    text = """class: simulated
exercise: activite-2
defaults:
  ssh: {user: root, identityFile: id_ed25519}
  dns: {server: 172.16.1.13, names: [www.etu1.lab]}
  web: {expect: "Intralab de etu1"}
students:
"""
    file = os.path.join(folder, f"class-{count}{'-silent' if silent else ''}.yaml")
    with open(file, "w", encoding="utf-8") as stream:
        stream.write(text + "\n".join(students) + "\n")
    return file


@contextlib.contextmanager
def servers(evidence, folder):
    """As many servers as there are cores, on port 22 of every address of this namespace; ended at the end."""
    for name in ["id_ed25519", "host_key"]:
        subprocess.run(
            ["ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", os.path.join(folder, name)], check=True)
    running = []
    try:
        for _ in range(os.cpu_count() or 1):
            running.append(subprocess.Popen(
                [sys.executable, os.path.join(HERE, "server.py"), evidence, os.path.join(folder, "host_key"),
                 os.path.join(folder, "id_ed25519.pub"), "22"],
                stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True))
        for server in running:
            if server.stdout.readline() != "ready\n":
                sys.exit("The simulated class did not come up.")
        yield running
    finally:
        for server in running:
            if server.returncode is None and server.poll() is None:
                server.kill()
                server.wait()


def cpu(pids):
    """User and system time of processes that still run, in seconds (proc(5), stat, fields 14 and 15)."""
    ticks = 0
    for pid in pids:
        with open(f"/proc/{pid}/stat", encoding="ascii", errors="replace") as stream:
            fields = stream.read().rpartition(")")[2].split()
        ticks += int(fields[11]) + int(fields[12])
    return ticks / os.sysconf("SC_CLK_TCK")
