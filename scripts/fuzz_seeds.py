#!/usr/bin/env python3
"""What libFuzzer begins with: recorded output and files of the repository, an input a file, in .build/fuzz/corpus.

    scripts/fuzz_seeds.py        then `scripts/fuzz --keep` takes into the repository what of it covers anything new

Inputs that begin with bytes that choose something (Tests/FuzzCorpusTests/Targets) get them here.
"""

import base64
import hashlib
import json
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent
sys.path.insert(0, str(ROOT / "scripts"))
FIXTURES, RECORDED = ROOT / "Tests/ReadersTests/Fixtures", ROOT / "Tests/ExercisesTests/Recorded"
# The names of those who are in the recorded classes, invented or not, have no business in a corpus.
NAMES = re.compile(rb"[A-Z\xc3][\w\xc3\xa0-\xbf]+ [A-Z\xc3][A-Z\xc3\x80-\xbf]+")
STORIES = ["solved", "bullseye/solved", "split-brain", "after-q5"]


def keep(target, content):
    if isinstance(content, str):
        content = content.encode()
    folder = ROOT / ".build/fuzz/corpus" / target
    folder.mkdir(parents=True, exist_ok=True)
    (folder / hashlib.sha1(content).hexdigest()).write_bytes(content)


def evidence(name):
    folder = RECORDED / name
    printed = subprocess.run(
        [sys.executable, ROOT / "scripts/recordings.py", "unpack", folder], stdout=subprocess.PIPE, check=True)
    return json.loads(printed.stdout)


def text_of(value):
    if isinstance(value, str):
        return value.encode()
    return base64.b64decode(value["base64"]) if isinstance(value, dict) and "base64" in value else b""


def clusters():
    for file in FIXTURES.rglob("*"):
        name = file.name
        if not file.is_file():
            continue
        content = file.read_bytes()
        if name.endswith((".show.txt", ".crm.txt")):
            keep("crm", content)
        elif name.endswith(".cib.xml"):
            keep("cib", content)
        elif name.endswith("mon.xml") or name.endswith("nodes.xml"):
            keep("mon-xml", content)
        elif name.endswith("mon.txt") or name.endswith("nodes.txt"):
            keep("mon-text", content)
        elif file.parent.name == "history":
            for start in range(0, min(len(content), 60000), 6000):
                keep("logs", content[content.rfind(b"\n", 0, start) + 1 :][:6000])
        elif file.parent.name == "scheduler":
            keep("forecast", content[:16000])
        elif name.startswith("ip-") or name.endswith((".ip.txt", ".ip.json")):
            keep("ip", content)
        elif name.startswith(("ss", "netstat")):
            keep("ss", content)
    source = (ROOT / "Sources/Exercises/Activite2/Activite2VirtualLab.swift").read_text()
    head = re.search(r"totem \{.*?logging \{.*?\}\n", source, re.S)
    nodes = "".join(
        f"    node {{\n        ring0_addr: 172.16.1.1{n}\n        name: serv{n + 1}\n        nodeid: {n + 1}\n    }}\n"
        for n in (0, 1))
    for text in [head.group() if head else "", "totem { transport: udp }\n", "nodelist {\n" + nodes + "}\n"]:
        keep("corosync", re.sub(r"\\\(nodes[^)]*\)\)", nodes, text).replace("\\(plan.student)", "etu1"))


# By the observation's name.
READERS = {
    "crm-configure-show": "crm", "cib": "cib", "crm-mon": "mon-xml", "cluster-history": "logs", "ip-addr": "ip",
    "ip-addr-json": "ip", "listening-sockets": "ss", "static-configuration": "network-files",
}


def recordings():
    names = sorted(str(file.parent.relative_to(RECORDED)) for file in RECORDED.rglob("recording.json"))
    for name in names[:: max(1, len(names) // 40)] + STORIES:
        for observation in evidence(name)["observations"]:
            target = READERS.get(observation["id"].split("/")[-1])
            text = text_of(observation["outcome"].get("command", {}).get("result", {}).get("standardOutput"))
            if target and text:
                keep(target, text[:16000])
    for number, name in enumerate(STORIES):
        observations = evidence(name)["observations"]
        for index, observation in enumerate(observations):
            outcome = observation["outcome"]
            if "command" in outcome:
                text = text_of(outcome["command"]["result"]["standardOutput"])
            elif "http" in outcome:
                response = outcome["http"]["answer"].get("response", {})
                text = text_of(response.get("body"))
            else:
                text = json.dumps(outcome).encode()
            for ending in (0, 1) if number == 0 else (index % 6,):
                keep("whole-way", bytes([number, index, ending]) + text[:12000])


def machines():
    for file in (ROOT / "Sources/Exercises").rglob("*.swift"):
        for literal in re.findall(r'"(\^?[^"\n]{3,40})"', file.read_text())[:4]:
            keep("patterns", literal + "\nserv1 serv2 vip")
    for text in [
        "vip|web\nvip", "^(a+)+$\naaaaaaaaaaaaaaaa", "[[:alpha:]]{2,4}\nabcd", "*.service\nssh.service", "!web.*\nvip",
        "(?<n>x)\\k<n>\nxx",
    ]:
        keep("patterns", text)
    for text in [
        "2026-11-22 14:57:27Z", "2026-11-22T14:57:27 +01:00", "Nov 22 18:13:18", "2026-11-22T18:13:18.063201+01:00",
        "P1Y2M3DT4H5M6S", "PT10S", "10s", "10000ms", "1e300", "9223372036854775808", "-INFINITY", "INFINITY", "fe80::1",
        "172.16.1.12", "52:54:00:12:34:56", "2026-11-27 21:30", "2026-11-27T21:30:00.123Z", "true", "off",
    ]:
        keep("dates", text)
    for text in [
        "auto eth0\niface eth0 inet static\n  address 172.16.1.12/24\n  up ip addr add 172.16.1.12/24 dev eth0\n",
        "#!/bin/sh\nif [ \"$IFACE\" = eth0 ]; then\n  ip addr add 172.16.1.12/24 dev \"$IFACE\"\nfi\n",
        "for a in 12 13; do ip a a 172.16.1.$a/24 dev eth0; done\ncase $1 in start) ifconfig eth0:1 172.16.1.12 ;; esac\n",
    ]:
        keep("shell", text)
        keep("network-files", "==> /etc/network/interfaces <==\n" + text)
    netplan = "network:\n  version: 2\n  ethernets:\n    eth0:\n      addresses: [172.16.1.12/24]\n      dhcp4: false\n"
    keep("netplan", netplan)
    keep("netplan", netplan.replace("[172.16.1.12/24]", "\n      - 172.16.1.12/24:\n          label: x") + "      activation-mode: manual\n")
    keep("network-files", "==> /etc/netplan/50-a.yaml <==\n" + netplan)
    keep("network-files", "==> /etc/systemd/network/a.network <==\n[Match]\nName=eth0\n[Network]\nAddress=172.16.1.12/24\n")
    keep("network-files", "==> /etc/keepalived/keepalived.conf <==\nvrrp_instance a {\n virtual_ipaddress {\n 172.16.1.12/24\n }\n}\n")
    for file in (FIXTURES / "network").rglob("*"):
        if file.is_file():
            keep("network-files", file.read_bytes()[:8000])
    for page in ["<html><body><h1>Intralab&nbsp;de <b>etu1</b></h1><!-- x --></body></html>", "Intralab de\n etu1 &#233;&lt;"]:
        keep("page", page)


def network():
    questions = [
        ("www.etu1.lab", "A"), ("six.etu1.lab", "AAAA"), ("intranet.etu1.lab", "A"), ("intranet.etu1.lab", "CNAME"),
        ("etu1.lab", "NS"), ("etu1.lab", "SOA"), ("12.1.16.172.in-addr.arpa.", "PTR"), ("nulle-part.etu1.lab", "A"),
        ("www.etu2.lab", "A"), ("x.sous.etu1.lab", "A"), ("tourniquet.etu1.lab", "A"),
    ]
    for file in (ROOT / "Tests/NetworkProbesTests/Fixtures/bind").glob("*.json"):
        exchange = json.loads(file.read_text())["exchange"]
        asked = (exchange["request"]["name"], exchange["request"]["type"])
        for answer in exchange["answer"].values():
            wire = text_of(answer.get("wire", "")) if isinstance(answer, dict) else b""
            keep("dns", bytes([questions.index(asked) if asked in questions else 0]) + wire)
    for answer in [
        b"HTTP/1.1 200 OK\r\nServer: Apache\r\nContent-Length: 5\r\n\r\nhello",
        b"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n3\r\nhel\r\n2;a=\"b\"\r\nlo\r\n0\r\nT: x\r\n\r\n",
        b"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 204 No Content\r\nX:\r\n\r\n",
        b"HTTP/1.0 302 Found\r\nLocation: /\r\nConnection: close\r\n\r\n<html></html>",
        b"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: upgrade\r\n\r\n\x01\x02",
    ]:
        for step in (0, 6, 255):
            keep("http", bytes([step]) + answer)
    with tempfile.TemporaryDirectory() as folder:
        blobs = []
        for kind in (["-t", "ed25519"], ["-t", "ecdsa"], ["-t", "rsa", "-b", "2048"]):
            file = f"{folder}/{kind[1]}"
            subprocess.run(["ssh-keygen", "-q", "-N", "", "-C", "key", "-f", file, *kind], check=True)
            name, blob, _ = pathlib.Path(file + ".pub").read_text().split()
            blobs.append(base64.b64decode(blob))
            keep("known-hosts", f"172.16.1.10 {name} {blob}\n[172.16.1.10]:2222,serv1 {name} {blob} x\n")
            keep("known-hosts", f"# c\n@revoked * {name} {blob}\n|1|aGFzaA==|aGFzaA== {name} {blob}\r\n172.16.1.* {name} {blob}")

    def string(value):
        return len(value).to_bytes(4, "big") + value

    keep("agent", bytes([12]) + len(blobs).to_bytes(4, "big") + b"".join(string(b) + string(b"key") for b in blobs))
    keep("agent", bytes([14]) + string(string(b"ssh-ed25519") + string(bytes(64))))
    for blob in blobs:
        keep("agent", blob)
        keep("agent", bytes([12, 0, 0, 0, 1]) + string(blob) + string(b"a\x1b[0m"))
    for stream in [b"SSH-2.0-OpenSSH_9.2\r\n", b"hello\r\nSSH-1.99-x\n", b"HTTP/1.0 400 Bad\r\n\r\n", b"motd\n#bascule-begin\nout#end\n"]:
        for step in (0, 200):
            keep("ssh-stream", bytes([step]) + stream)


def people():
    for file in (ROOT / "Tests").rglob("*.yaml"):
        content = NAMES.sub(b"A B", file.read_bytes())
        if b"students:" in content or file.parent.name == "ClassRun":
            keep("roster", content)
    for pattern in ["class: c\nexercise: activite-2\npattern: {count: 3, id: \"etu{n}\", serv1: {address: \"172.16.{n}.10\"}}\n",
                    "exercise: activite-2\nserv1: {address: 172.16.1.10}\nserv2: {address: 172.16.1.11}\nvip: 172.16.1.12/24\n"]:
        keep("roster", pattern)
    for file in (ROOT / "rubrics").glob("*.yaml"):
        keep("rubric", file.read_bytes())
        keep("checks", file.read_bytes()[:8000])
    for file in [*(ROOT / "exercises").glob("*/exercise.yaml"), ROOT / "Tests/DeclaredTests/every-look/exercise.yaml"]:
        content = file.read_text()
        head, _, questions = content.partition("questions:\n")
        parts = re.split(r"(?m)^(?=  - id: )", questions)
        keep("exercise", content[:8000])
        for part in parts:
            if part.strip():
                keep("exercise", (head + "questions:\n" + part)[:8000])
                keep("checks", "exercise: activite-2\ntitle: x\ntotal: 1\nquestions:\n" + part[:7000])
                for check in re.split(r"(?m)^(?=      [\w.-]+:)", part)[1:]:
                    keep("exercise", (head + "questions:\n  - id: Q1\n    title: x\n    checks:\n" + check)[:8000])
    for file in ROOT.glob("exercises/*/lab.yaml"):
        keep("lab", file.read_bytes())
    keep("lab", (ROOT / "Tests/DeclaredTests/every-look/lab.yaml").read_bytes())
    keep("marks", "class: sample\nstudents:\n  etu1:\n    Q2.written: 0.5\n    Q6: {points: 1.5, comment: \"x\"}\n    comment: b\n")
    keep("marks", "class: sample\nstudents:\n  etu2:\n    members:\n      B: {Q2.written: 0.25}\n      C: {absent: true}\n")
    for text in ["# Q2\nici\n\n## Question 3 : x\ny\n", "Q1. Ici\nQ10\n<!-- a -->\nz #\n", "\ufeffQ4)\r\nL'adresse\r\n"]:
        keep("answers", text)
    keep("answers", "# Q2\nété\n".encode("utf-16"))
    keep("answers", "# Q2\nété\n".encode("cp1252"))
    for text in ["id;nom;adresse\netu1;A B;172.16.1.10\n", "id,name,host\n\"etu 1\",\"a \"\"b\"\"\",serv1\n", "etu1\t12\n", "A B;12\n"]:
        keep("students", text)


def stored():
    for name in STORIES:
        whole = evidence(name)
        observations = whole["observations"]
        for start in range(0, len(observations), 6):
            for part in (observations[start : start + 6], [o for o in observations if len(json.dumps(o)) < 2500][start : start + 9]):
                text = json.dumps(dict(whole, observations=part), separators=(",", ":"))
                if part and len(text) < 32000:
                    keep("evidence", text)
                machine = "serv1"
                own = [o for o in part if o["id"].startswith("serv1/")]
                inner = dict(whole, observations=own, unreachable={
                    "serv2": {"kind": "outOfSight", "sentence": {"fr": "x", "en": "x"}}})
                content = {
                    "bascule": "1", "evidence": inner, "exercise": whole["exercise"], "finishedAt": whole["finishedAt"],
                    "machine": machine, "schemaVersion": 1, "startedAt": whole["startedAt"], "student": "etu1"}
                text = json.dumps(content, separators=(",", ":"))
                if own and len(text) < 32000:
                    keep("hand-in", text)
    run = ROOT / "exercises/activite-2/recorded/run.json"
    keep("run-files", NAMES.sub(b"A B", run.read_bytes())[:16000])
    for file in (ROOT / "Tests/GraderCoreTests/Fixtures").rglob("*.json"):
        result = json.loads(NAMES.sub(b"A B", file.read_bytes()))
        for question in range(len(result.get("questions", []))):
            part = dict(result, questions=result["questions"][question : question + 1], exhibits=[])
            text = json.dumps(part, separators=(",", ":"))
            if len(text) < 16000:
                keep("run-files", text)


def main():
    for part in (clusters, recordings, machines, network, people, stored):
        part()
    folder = ROOT / ".build/fuzz/corpus"
    for target in sorted(folder.iterdir()):
        print(target.name, len(list(target.iterdir())))


if __name__ == "__main__":
    main()
