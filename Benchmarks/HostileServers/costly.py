"""What the manner `costly` of servers.py answers: to every command as much as its probe's limit lets through, in the
form that its reader, the judges and the pages have most work with."""

import functools
import os
import random
import sys

import asyncssh

MIB = 1 << 20
# The probes' own limits where they are not 2 MiB, by a word of the command line; see Sources/Exercises/Activite2.
LIMITS = [("/etc/machine-id", 4000), ("boot_id", MIB), ("find /var/log/apache2", 60_000), ("ss -Hltnp", 250_000),
          ("for unit in", 60_000), ("secondaries", 500_000), ("for agent in", 16_000), ("at='([A-Z]", 4 * MIB - 200),
          ("unshare", 250_000), ("/var/lib/bascule/lock", MIB)]


def cib(size):
    """Resources, each in a group of its own with rules in rules, and constraints between all of them."""
    parts, total, number = [], 0, 0
    rule = "".join(f'<rule id="r{i}-%d" score="INFINITY" boolean-op="and">' for i in range(50)) + "</rule>" * 50
    while total < size * 2 // 3:
        number += 1
        part = (f'<group id="g{number}"><primitive id="p{number}" class="ocf" provider="heartbeat" type="IPaddr2">'
                f'<instance_attributes id="a{number}"><nvpair id="n{number}" name="ip" value="172.16.1.12"/>'
                f'<nvpair id="m{number}" name="cidr_netmask" value="24"/></instance_attributes><operations>'
                + "".join(f'<op id="o{number}-{i}" name="monitor" interval="{i}s"/>' for i in range(5))
                + "</operations></primitive></group>")
        parts.append(part)
        total += len(part)
    resources, parts, total, each = "".join(parts), [], len("".join(parts)), 0
    while total < size - 9000:
        each += 1
        part = (f'<rsc_location id="l{each}" rsc="g{each % number + 1}">' + rule.replace("%d", str(each))
                + "</rsc_location>" if each % 50 == 0 else
                f'<rsc_colocation id="c{each}" score="INFINITY" rsc="g{each % number + 1}" '
                f'with-rsc="g{(each * 7) % number + 1}"/>'
                f'<rsc_order id="d{each}" first="g{(each * 5) % number + 1}" then="g{(each * 11) % number + 1}"/>')
        parts.append(part)
        total += len(part)
    return (f'<cib epoch="9" num_updates="1" admin_epoch="0" have-quorum="1" dc-uuid="1"><configuration><crm_config/>'
            f'<nodes><node id="1" uname="serv1"/><node id="2" uname="serv2"/></nodes><resources>{resources}</resources>'
            f'<constraints>{"".join(parts)}</constraints></configuration><status/></cib>').encode()


def status(size):
    resources = "".join(
        f'<group id="g{i}" number_resources="1"><resource id="p{i}" resource_agent="ocf::heartbeat:IPaddr2" '
        f'role="Started" active="true" managed="true" failed="false" nodes_running_on="1"><node name="serv1" id="1" '
        f'cached="false"/></resource></group>' for i in range(size // 2 // 230))
    failures = "".join(
        f'<failure op_key="p{i}_monitor_{i}" node="serv2" exitstatus="error" exitreason="none" exitcode="1" call="{i}" '
        f'status="complete" last-rc-change="2026-01-01 00:00:00" queued="0" exec="0" interval="{i}" task="monitor"/>'
        for i in range(size // 2 // 220))
    return (f'<pacemaker-result api-version="2.3" request="crm_mon"><summary><stack type="corosync"/></summary><nodes>'
            f'<node name="serv1" id="1" online="true"/><node name="serv2" id="2" online="true"/></nodes>'
            f'<resources>{resources}</resources><failures>{failures}</failures></pacemaker-result>').encode()


def shown(size):
    lines, total, number = ["node 1: serv1", "node 2: serv2"], 0, 0
    while total < size:
        number += 1
        lines.append(f"primitive p{number} IPaddr2 \\\n\tparams ip=172.16.1.12 cidr_netmask=24 \\\n"
                     f"\top monitor interval={number}s")
        lines.append(f"colocation c{number} inf: p{number} p{number * 7 % number + 1 if number > 1 else 1}")
        lines.append(f"location l{number} p{number} rule inf: #uname eq serv1 and ( #uname ne serv2 or #uname eq x )")
        total += sum(map(len, lines[-3:]))
    return "\n".join(lines).encode()


def links(size):
    each = ('{"ifindex":%d,"ifname":"e%d","flags":["UP"],"mtu":1500,"operstate":"UP","link_type":"ether",'
            '"address":"02:00:00:00:00:01","addr_info":[%s]}')
    address = ('{"family":"inet","local":"172.16.1.%d","prefixlen":24,"scope":"global","label":"e0:%d"}')
    out, total, number = [], 0, 0
    while total < size - 3000:
        number += 1
        out.append(each % (number, number, ",".join(address % (i + 10, i) for i in range(12))))
        total += len(out[-1]) + 1
    return ("[" + ",".join(out) + "]").encode()


def repeated(text, size):
    """The honest answer, again and again, its numbers changed so that no line is twice the same."""
    text = text or b"words without a meaning, key=value (x) [y] <z>\n"
    seed, out, total = random.Random(1), [], 0
    lines = text.splitlines(keepends=True)
    while total < size:
        for line in lines:
            line = line.rstrip(b"\n") + b" %d\n" % seed.randrange(10**6)
            out.append(line)
            total += len(line)
            if total > size:
                break
    return b"".join(out)[: size - 1]


class Costly:
    """A recording (SimulatedClass/server.py) whose answers are as large as they may be."""

    def __init__(self, recording):
        self.recording = recording
        self.dns, self.open_ports = recording.dns, recording.open_ports
        self.open_ports = {key: page + b"<p>" * 200_000 for key, page in self.open_ports.items()}
        self.commands = recording.commands
        self.made = {}
        # Made beforehand: the grader does not wait for long.
        for node, commands in recording.commands.items():
            for argv in list(commands):
                self.answer(node, list(argv), None)

    def answer(self, node, argv, nonce):
        if argv == ["id", "-u"]:
            return 0, b"0\n", b""
        key = (node, tuple(argv))
        if key not in self.made:
            self.made[key] = self.make(node, argv, nonce)
        return self.made[key]

    def make(self, node, argv, nonce):
        line = " ".join(argv)
        code, output, _ = self.recording.answer(node, argv, nonce)
        size = next((limit for word, limit in LIMITS if word in line), 2 * MIB - 200)
        if argv[:1] == ["cibadmin"] or "cib.xml" in line:
            output = cib(size)
        elif "crm_mon" in line:
            output = status(size)
        elif argv[:1] == ["crm"]:
            output = shown(size)
        elif argv[:2] == ["ip", "-j"]:
            output = links(size)
        elif "boot_id" in line or argv[:1] in (["uname"], ["crm_node"]) or "/etc/machine-id" in line:
            pass
        elif "configtest" in line:
            # Its own "Syntax OK" would be believed, however often it is said.
            output = repeated(b"AH00558: yntax OK\n", size)
        elif "bascule/lock" in line:
            return code, output, repeated(b"cat: no lock\n", size)
        else:
            output = repeated(output, size)
        return 0, output[:size], repeated(b"warning: (x) of [y] at 12:00:00\n", size)


HERE = os.path.dirname(os.path.abspath(__file__))
sys.path.insert(0, os.path.join(os.path.dirname(HERE), "SimulatedClass"))
import server as simulated  # noqa: E402 (it lies with the simulated class)

EVIDENCE = os.path.join(HERE, "../../exercises/activite-2/recorded/students/etu1/evidence.json")


class Node(simulated.Node):
    """As a simulated node; which of the two follows from the port."""

    def begin_auth(self, username):
        return False

    def connection_made(self, connection):
        super().connection_made(connection)
        self.name = "serv2" if connection.get_extra_info("sockname")[1] % 2 else "serv1"


@functools.cache
def answers():
    """Made once, for all ports."""
    return Costly(simulated.Recording(EVIDENCE))


async def listen(port, key):
    costly = answers()
    return await asyncssh.create_server(
        lambda: Node(costly), "127.0.0.1", port, server_host_keys=[key], process_factory=simulated.process,
        encoding=None, allow_pty=False)
