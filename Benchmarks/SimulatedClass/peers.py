"""Bascule beside what people use for the same: the same commands on the same hosts. See Benchmarks/peers."""

import argparse
import contextlib
import ctypes
import itertools
import json
import os
import re
import resource
import shlex
import shutil
import signal
import statistics
import subprocess
import sys
import tempfile
import threading
import time

import simulation

PR_SET_CHILD_SUBREAPER = 36  # prctl(2)


def descendants(excepted):
    """Processes below this one, those excepted left out with theirs."""
    children = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                with open(f"/proc/{entry}/stat", encoding="ascii", errors="replace") as stream:
                    parent = int(stream.read().rpartition(")")[2].split()[1])
            except OSError:
                continue
            children.setdefault(parent, []).append(int(entry))
    found, ahead = [], [os.getpid()]
    while ahead:
        for pid in children.get(ahead.pop(), []):
            if pid not in excepted:
                found.append(pid)
                ahead.append(pid)
    return found


class MemoryWatch(threading.Thread):
    """The most that all processes of a run held together, in MiB: proportional set sizes, so that shared pages count once."""

    def __init__(self, excepted):
        super().__init__(daemon=True)
        self.excepted = excepted
        self.peak = 0.0
        self.over = threading.Event()

    def run(self):
        while not self.over.wait(0.15):
            total = 0
            for pid in descendants(self.excepted):
                try:
                    with open(f"/proc/{pid}/smaps_rollup", encoding="ascii") as stream:
                        total += next(int(line.split()[1]) for line in stream if line.startswith("Pss:"))
                except (OSError, StopIteration):
                    continue
            self.peak = max(self.peak, total / 1024)


def measure(argv, excepted, environment, folder):
    """Wall, CPU (user and system, of every process of the run) and peak memory."""
    watch = MemoryWatch(excepted)
    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    watch.start()
    begin = time.monotonic()
    done = subprocess.run(
        argv, stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.STDOUT, env=environment, cwd=folder,
        timeout=600)
    wall = time.monotonic() - begin
    watch.over.set()
    watch.join()
    # Masters that stay behind (ControlPersist) belong to the run: they come to us, and are ended and counted.
    while left := descendants(excepted):
        for pid in left:
            try:
                os.kill(pid, signal.SIGTERM)
            except ProcessLookupError:
                pass
        for pid in left:
            try:
                os.waitpid(pid, 0)
            except ChildProcessError:
                pass
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime
    return wall, cpu, watch.peak, done.returncode, done.stdout.decode(errors="replace")


def write(folder, name, text, mode=0o600):
    file = os.path.join(folder, name)
    with open(file, "w", encoding="utf-8") as stream:
        stream.write(text)
    os.chmod(file, mode)
    return file


@contextlib.contextmanager
def simulated(asked, folder):
    """Simulated pairs: their roster, hosts (a pair's two, one behind the other) and key, and the servers' processes."""
    hosts = [host for number in range(asked.pairs) for host in simulation.logins(number)]
    with simulation.servers(asked.evidence, folder) as servers:
        yield (simulation.roster(asked.pairs, False, folder), hosts, os.path.join(folder, "id_ed25519"),
               {server.pid for server in servers})


@contextlib.contextmanager
def real(asked, _):
    """The pairs of a roster of the virtual class's."""
    with open(asked.roster, encoding="utf-8") as stream:
        text = stream.read()
    hosts = re.findall(r"serv[12]: \{address: ([0-9.]+)", text)
    key = re.search(r"identityFile: (\S+)", text)
    if not hosts or not key or "login:" in text:
        sys.exit(f"{asked.roster}: the peers need a class that is logged in to by key and without port forwards.")
    yield asked.roster, hosts, os.path.join(os.path.dirname(asked.roster), key.group(1)), set()


def peers(asked, folder, roster, hosts, key, lines):
    """The peers that are there, each as a command; what is missing is said."""
    ssh = ["-i", key, "-o", "StrictHostKeyChecking=no", "-o", "UserKnownHostsFile=/dev/null", "-o", "LogLevel=ERROR",
           "-o", "BatchMode=yes"]
    found = {"bascule": [
        asked.program, "grade-all", roster, "--reports",
        os.path.join(folder, "reports"), "--json", "--rubric",
        os.path.join(simulation.REPOSITORY, "rubrics/activite-2.yaml")]}
    tools = os.path.dirname(sys.executable)
    groups = [hosts[0::2], hosts[1::2]]
    write(folder, "commands.json", json.dumps(lines))
    write(folder, "hosts.json", json.dumps(groups))

    try:
        import pssh.clients  # noqa: F401
        script = write(folder, "with_pssh.py", f"""
import itertools
import json
from pssh.clients import ParallelSSHClient
hosts, commands = json.load(open("hosts.json")), json.load(open("commands.json"))
clients = [
    ParallelSSHClient(group, user="root", pkey={key!r}, pool_size=len(group), allow_agent=False) for group in hosts]
for turn in itertools.zip_longest(*commands):
    # Both nodes of all pairs at once.
    started = [(client, client.run_command(command)) for client, command in zip(clients, turn) if command]
    for client, outputs in started:
        client.join(outputs)
        for output in outputs:
            list(output.stdout), list(output.stderr), output.exit_code
""")
        found["parallel-ssh (PyPI)"] = [sys.executable, script]
    except ImportError:
        print("the library parallel-ssh is not there: left out", file=sys.stderr)

    if program := shutil.which("parallel-ssh"):
        files = [write(folder, f"hosts-{number}", "\n".join(group) + "\n") for number, group in enumerate(groups)]
        options = shlex.join(["-l", "root", "-p", str(len(hosts)), "-t", "60", "-i", "-x", shlex.join(
            [*ssh, "-o", "ControlMaster=auto", "-o", "ControlPersist=60s", "-o", f"ControlPath={folder}/p-%h"])])
        turns = "\n".join(
            " ".join(f"{program} -h {file} {options} {shlex.quote(line)} &" for file, line in zip(files, turn) if line)
            + " wait" for turn in itertools.zip_longest(*lines))
        found["parallel-ssh (Debian's pssh)"] = ["sh", write(folder, "with_program.sh", turns + "\n", 0o700)]
    else:
        print("Debian's pssh is not there: left out", file=sys.stderr)

    if shutil.which("ansible-playbook", path=tools):
        tasks = "".join(
            f"    - raw: '{{{{ commands[{number}] }}}}'\n      when: {number} < commands | length\n"
            for number in range(max(map(len, lines))))
        playbook = write(
            folder, "play.yml", f"- hosts: all\n  gather_facts: false\n  ignore_errors: true\n  tasks:\n{tasks}")
        inventory = write(folder, "hosts.json.yml", json.dumps({
            f"node{number}": {
                "hosts": {host: {} for host in group},
                # !unsafe: a line may hold what a template would be.
                "vars": {"commands": [{"__ansible_unsafe": line} for line in node]},
            } for number, (group, node) in enumerate(zip(groups, lines), 1)}))
        write(folder, "ansible.cfg", f"""[defaults]
forks = {len(hosts)}
host_key_checking = False
remote_user = root
private_key_file = {key}
interpreter_python = /usr/bin/python3
stdout_callback = minimal
[ssh_connection]
pipelining = True
control_path_dir = {folder}/cp
ssh_args = -o ControlMaster=auto -o ControlPersist=60s -o UserKnownHostsFile=/dev/null -o LogLevel=ERROR
""")
        found["Ansible"] = [os.path.join(tools, "ansible-playbook"), "-i", inventory, playbook]
    else:
        print("Ansible is not there: left out", file=sys.stderr)

    try:
        import testinfra  # noqa: F401
        import xdist  # noqa: F401
        write(folder, "ssh_config", f"""Host *
  User root
  IdentityFile {key}
  StrictHostKeyChecking no
  UserKnownHostsFile /dev/null
  LogLevel ERROR
""")
        test = write(folder, "test_hosts.py", """
import json
import pytest
HOSTS, COMMANDS = json.load(open("hosts.json")), json.load(open("commands.json"))
@pytest.mark.parametrize("number", range(max(map(len, COMMANDS))))
def test_command(host, number):
    node = next(index for index, group in enumerate(HOSTS) if host.backend.hostname in group)
    if number < len(COMMANDS[node]):
        assert host.run(COMMANDS[node][number]).rc in range(256)
""")
        found["testinfra, xdist"] = [
            sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "-n", str(os.cpu_count()),
            "--ssh-config", os.path.join(folder, "ssh_config"), "--hosts",
            ",".join(f"ssh://{host}" for host in hosts), test]
    except ImportError:
        print("testinfra with xdist is not there: left out", file=sys.stderr)

    options = shlex.join(ssh)
    runs = ["\n".join(f"    ssh $o root@$1 {shlex.quote(line)} > /dev/null 2>&1 < /dev/null" for line in node)
            for node in lines]
    loop = write(folder, "loop.sh", f"""
one() {{
  o="{options} -o ControlPath={folder}/m-$1"
  ssh $o -M -N -f root@$1 < /dev/null > /dev/null 2>&1
  case " {" ".join(groups[0])} " in
  *" $1 "*)
{runs[0]}
    ;;
  *)
{runs[1]}
    ;;
  esac
  ssh $o -O exit root@$1 > /dev/null 2>&1
}}
if [ $# = 1 ]; then one "$1"; else printf '%s\\n' {" ".join(hosts)} | xargs -n 1 -P 16 sh "$0"; fi
""", 0o700)
    found["ssh, ControlMaster"] = ["sh", loop]
    return found


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--program", required=True)
    options.add_argument("--evidence", required=True)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--only", action="append", default=[])
    options.add_argument("--roster", help="of a virtual class that is up, instead of simulated pairs")
    options.add_argument("pairs", type=int, nargs="?", default=10)
    asked = options.parse_args()
    ctypes.CDLL(None).prctl(PR_SET_CHILD_SUBREAPER, 1, 0, 0, 0)
    lines = simulation.commands(asked.evidence)
    with tempfile.TemporaryDirectory(prefix="bascule-peers-") as folder, \
            (real if asked.roster else simulated)(asked, folder) as (roster, hosts, key, excepted):
        pairs = len(hosts) // 2
        all_peers = peers(asked, folder, roster, hosts, key, lines)
        tools = {name: argv for name, argv in all_peers.items() if not asked.only or name in asked.only}
        environment = dict(os.environ, ANSIBLE_CONFIG=os.path.join(folder, "ansible.cfg"), ANSIBLE_HOME=folder,
                           LC_ALL="C.UTF-8", HOME=folder)
        environment.pop("SSH_AUTH_SOCK", None)
        print(f"{pairs} {'real' if asked.roster else 'simulated'} pairs, {' and '.join(str(len(node)) for node in lines)} commands on "
              f"their nodes; Bascule also judges and writes reports. {asked.rounds} rounds, alternating order, "
              f"{os.cpu_count()} cores for both sides.", flush=True)
        results = {name: [] for name in tools}
        for turn in range(asked.rounds):
            order = list(tools)
            order = order[turn % len(order):] + order[:turn % len(order)]
            if turn % 2:
                order.reverse()
            for name in order:
                wall, cpu, memory, code, out = measure(tools[name], excepted, environment, folder)
                results[name].append((wall, cpu, memory))
                if turn == 0:
                    print(f"# {name}: exit {code}, {len(out.splitlines())} lines, last: "
                          f"{(out.strip().splitlines() or [''])[-1][:100]}", flush=True)
        print(f"load at the end {os.getloadavg()[0]:.1f}\n")
        print("| | wall s | client CPU, ms a pair | peak MiB | wall, times Bascule's | CPU, times Bascule's |")
        print("| --- | ---: | ---: | ---: | ---: | ---: |")
        for name, runs in results.items():
            median = [statistics.median(run[index] for run in runs) for index in range(3)]
            ratios = [
                statistics.median(run[index] / own[index] for run, own in zip(runs, results["bascule"]))
                for index in range(2)
            ] if "bascule" in results else [float("nan")] * 2
            print(f"| {name} | {median[0]:.2f} | {median[1] / pairs * 1000:.0f} | {median[2]:.0f} | "
                  f"{ratios[0]:.1f} | {ratios[1]:.1f} |")


main()
