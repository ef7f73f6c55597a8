#!/usr/bin/env python3
"""Recordings of the tests: folders that a person can read (what they hold: Sources/ClassRun/Store/Recording.swift).

    scripts/recordings.py pack ROOT NAME=EVIDENCE...  makes ROOT/NAME of an evidence file, anew where it is there
    scripts/recordings.py unpack FOLDER               prints the evidence file that it was made of, to the byte
    scripts/recordings.py remove ROOT NAME...         takes recordings away
    scripts/recordings.py check ROOT                  says which do not give their evidence file again, what is stored
                                                      twice, and which files nobody refers to

What several recordings have is stored once: in the one called `solved` where that has it, otherwise in the first;
the others refer to it. Commands that several were asked are in ROOT/commands.

EVIDENCE may be another recording, as `lab-matrix --record` makes them.

Exit status: 0 all well, 1 check found something, 2 something cannot be read.
"""

import hashlib
import json
import pathlib
import re
import shutil
import sys

from recording_form import Recording, bytes_of, is_text, line, lines, packed, pretty, probe, unpacked_file, value_of

INDEX, TIMES, COMMANDS = "recording.json", "times.tsv", "commands"
# What is longer is a file. An argument becomes one only where several recordings have it: it is a script of ours.
LONGEST_SHORT, LONGEST_ARGUMENT = 160, 80


def load(folder):
    index = json.loads((folder / INDEX).read_bytes())
    if index["schemaVersion"] != 1:
        raise ValueError(f"it is of schema {index['schemaVersion']}")
    recording = Recording(index, (folder / TIMES).read_bytes().decode().splitlines())
    for holder, key, _, _ in recording.texts():
        value = holder[key]
        is_file = isinstance(value, dict) and "file" in value
        holder[key] = (folder / value["file"]).read_bytes() if is_file else bytes_of(value)
    return recording


def save(recordings, root, owners):
    """Writes them all; `owners` says by content in whose folders it has been, so that it stays in one."""
    users, commands = {}, {}
    for name, recording in recordings.items():
        for holder, key, path, kind in recording.texts():
            content = holder[key]
            if kind == "argument" and len(content) > LONGEST_ARGUMENT:
                commands.setdefault(content, (path, set()))[1].add(name)
            elif kind == "output" and len(content) > LONGEST_SHORT:
                users.setdefault(content, {}).setdefault(name, path)
    place = {}
    for content, (name, names) in commands.items():
        if len(names) > 1:
            place[content] = f"{COMMANDS}/{name}-{hashlib.sha256(content).hexdigest()[:8]}.sh"
    taken = {}
    for content, names in users.items():
        there = [name for name in owners.get(content, []) if name in names]
        owner = min(there or names, key=lambda name: (probe(name) != "solved", name.count("/"), name))
        file = name_of(names[owner], taken.setdefault(owner, set()))
        place[content] = f"{owner}/{file}" + (".txt" if is_text(content) else ".bin")
    for name in [*recordings, COMMANDS]:
        shutil.rmtree(root / name, ignore_errors=True)
    for content, path in place.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_bytes(content)
    for name, recording in recordings.items():
        for holder, key, _, kind in recording.texts():
            path = place.get(holder[key])
            if path is None or (kind == "argument") != path.startswith(COMMANDS + "/"):
                holder[key] = value_of(holder[key])
            elif path.startswith(name + "/"):
                holder[key] = {"file": path[len(name) + 1:]}
            else:
                holder[key] = {"file": "../" * (name.count("/") + 1) + path}
        write_index(recording, root / name)


def write_index(recording, folder):
    index = recording.index

    def section(entries):
        return lines("{", [f"{line(key)}:{line(value)}" for key, value in sorted(entries.items())], "}")

    members = [
        f'"schemaVersion":{index["schemaVersion"]}', f'"evidenceSHA256":"{index["evidenceSHA256"]}"',
        f'"evidence":{pretty(index["evidence"])}', f'"commands":{section(index["commands"])}',
        f'"observations":{section(index["observations"])}']
    if "drills" in index:
        members.append('"drills":' + lines("[", map(section, index["drills"]), "]"))
    folder.mkdir(parents=True, exist_ok=True)
    (folder / INDEX).write_bytes((lines("{", members, "}") + "\n").encode())
    (folder / TIMES).write_bytes("".join(time + "\n" for time in recording.times).encode())


def name_of(path, taken):
    """A path that no other content of the recording has."""
    if not all(re.fullmatch(r"[A-Za-z0-9][A-Za-z0-9._-]{0,63}", part) for part in path.split("/")):
        path = f"other/{len(taken) + 1}"
    if path in taken:
        path += f"-{len(taken) + 1}"
    taken.add(path)
    return path


def names(root):
    """Of the recordings under a folder, e.g. `solved` and `trixie/solved`."""
    return sorted(str(file.parent.relative_to(root)) for file in root.rglob(INDEX))


def load_all(root):
    """The recordings by name, and by content in whose folders it is."""
    recordings = {name: load(root / name) for name in names(root)}
    owners = {}
    for name in recordings:
        for file in (root / name).rglob("*.*"):
            if file.name not in (INDEX, TIMES):
                owners.setdefault(file.read_bytes(), []).append(name)
    return recordings, owners


def made_of(file):
    """A recording of an evidence file, or one that is there."""
    if (file / INDEX).exists():
        return load(file)
    content = file.read_bytes()
    recording = packed(json.loads(content), hashlib.sha256(content).hexdigest())
    if unpacked_file(recording) != content:
        raise ValueError(f"{file} would not come back as it is")
    return recording


def pack(root, evidence):
    recordings, owners = load_all(root)
    recordings.update({name: made_of(pathlib.Path(file)) for name, file in evidence.items()})
    save(recordings, root, owners)


def remove(root, gone):
    recordings, owners = load_all(root)
    for name in gone:
        del recordings[name]
        shutil.rmtree(root / name)
    save(recordings, root, owners)


def check(root):
    """What is not well, a sentence each."""
    stored, referred, wrong = {}, set(), []
    for folder in map(root.joinpath, names(root)):
        index = json.loads((folder / INDEX).read_bytes())
        referred |= {folder / INDEX, folder / TIMES}
        for holder, key, _, _ in Recording(index, []).texts():
            if isinstance(holder[key], dict) and "file" in holder[key]:
                referred.add((folder / holder[key]["file"]).resolve())
        if unpacked_file(load(folder)) is None:
            wrong.append(f"{folder} does not give the evidence file again that it was made of")
    referred = {file.resolve() for file in referred}
    for file in sorted(file for file in root.rglob("*") if file.is_file()):
        if file.resolve() not in referred:
            wrong.append(f"{file}: nothing refers to it")
        elif file.name not in (INDEX, TIMES):
            other = stored.setdefault(file.read_bytes(), file)
            if other != file:
                wrong.append(f"{file} is {other} once more: scripts/recordings.py pack {root}")
    return wrong


def main(arguments):
    try:
        match arguments:
            case ["pack", root, *evidence]: pack(pathlib.Path(root), dict(one.split("=", 1) for one in evidence))
            case ["remove", root, *gone]: remove(pathlib.Path(root), gone)
            case ["unpack", folder]:
                content = unpacked_file(load(pathlib.Path(folder)))
                if content is None:
                    sys.exit(f"recordings: {folder} is not as it was made")
                sys.stdout.buffer.write(content)
            case ["check", root]:
                wrong = check(pathlib.Path(root))
                print("\n".join(wrong) or f"{len(names(pathlib.Path(root)))} recordings, all as they were made")
                sys.exit(1 if wrong else 0)
            case _:
                print(__doc__, file=sys.stderr)
                sys.exit(64)
    except (OSError, ValueError, KeyError) as error:
        print(f"recordings: {error!r}", file=sys.stderr)
        sys.exit(2)


if __name__ == "__main__":
    main(sys.argv[1:])
