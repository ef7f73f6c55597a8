"""A recording of the tests, and the evidence that it was made of, as JSON has both."""

import base64
import hashlib
import json


class Recording:
    """An index whose texts are bytes, and the lines of the times."""

    def __init__(self, index, times):
        self.index, self.times = index, times

    def lists(self):
        """Its observations and those of each drill, with what their files' paths begin with."""
        drills = self.index.get("drills", [])
        return [("", self.index["observations"])] + [(f"drills/{n}/", d) for n, d in enumerate(drills, 1)]

    def texts(self):
        """Each text that may be a file: its holder, its key there, its path without an ending, what it is."""
        for name, arguments in self.index["commands"].items():
            for place in range(len(arguments)):
                yield arguments, place, name, "argument"
        for folder, observations in self.lists():
            for id_, entry in sorted(observations.items()):
                path = folder + id_
                for place in range(len(entry.get("arguments", []))):
                    yield entry["arguments"], place, probe(id_), "argument"
                for key, ending in (("stdout", ""), ("stderr", ".stderr"), ("body", "")):
                    if key in entry:
                        yield entry, key, path + ending, "output"


def probe(id_):
    return id_.rsplit("/", 1)[-1]


def machine(id_):
    return id_.split("/", 1)[0]


# A text in JSON: a string where it is UTF-8 without a NUL, base64 otherwise.

def bytes_of(value):
    return value.encode() if isinstance(value, str) else base64.b64decode(value["base64"])


def is_text(content):
    try:
        content.decode()
        return b"\0" not in content
    except UnicodeDecodeError:
        return False


def value_of(content):
    return content.decode() if is_text(content) else {"base64": base64.b64encode(content).decode()}


# Evidence to a recording and back.

def packed(evidence, checksum):
    """A recording of evidence as JSON has it."""
    index = {"schemaVersion": 1, "evidenceSHA256": checksum, "evidence": dict(evidence), "commands": {}}
    times = []

    def entries(observations):
        whole = expanded(observations)
        times.extend(times_of(observation) for observation in whole)
        made = {o["id"]: entry_of(o, index["commands"]) for o in sorted(whole, key=lambda o: o["id"])}
        if len(made) != len(observations):
            raise ValueError("two observations have one id")
        return made

    index["evidence"]["observations"] = []
    index["observations"] = entries(evidence["observations"])
    if evidence.get("drills"):
        index["evidence"]["drills"] = [{**drill, "observations": []} for drill in evidence["drills"]]
        index["drills"] = [entries(drill["observations"]) for drill in evidence["drills"]]
    return Recording(index, times)


def times_of(observation):
    command = observation["outcome"].get("command")
    seconds = [observation["duration"]] + ([command["result"]["duration"]] if command else [])
    return "\t".join([observation["id"], observation["startedAt"], *map(number, seconds)])


def entry_of(observation, commands):
    entry, id_ = {}, observation["id"]
    if observation["vantage"] != machine(id_):
        entry["vantage"] = observation["vantage"]
    (kind, what), = observation["outcome"].items()
    if kind == "command":
        result = what["result"]
        arguments = [argument.encode() for argument in what["arguments"]]
        if commands.setdefault(probe(id_), list(arguments)) != arguments:
            entry["arguments"] = arguments
        entry["ending"] = result["ending"]
        entry["stdout"] = bytes_of(result["standardOutput"])
        if result["standardError"] != "":
            entry["stderr"] = bytes_of(result["standardError"])
        entry.update({key: True for key in ("outputTruncated", "errorTruncated") if result[key]})
    elif kind == "http" and "response" in what["answer"]:
        entry["body"] = bytes_of(what["answer"]["response"]["body"])
        response = {**what["answer"]["response"], "body": ""}
        entry["outcome"] = {"http": {**what, "answer": {"response": response}}}
    elif kind == "neighbours":
        entry["body"] = bytes_of(what)
        entry["outcome"] = {"neighbours": ""}
    else:
        entry["outcome"] = observation["outcome"]
    return entry


def unpacked(recording, repeating=None):
    """The evidence as JSON has it, in the schema that it was collected in.

    repeating: whether an answer that repeats an earlier one says so; as its schema has it where that is not given."""
    lines = iter(recording.times)
    evidence = dict(recording.index["evidence"])
    if repeating is None:
        repeating = evidence["schemaVersion"] >= 3

    def observations(entries):
        all_ = [observation_of(entries, next(lines).split("\t"), recording.index["commands"]) for _ in entries]
        return contracted(all_) if repeating else all_

    evidence["observations"] = observations(recording.index["observations"])
    if "drills" in recording.index:
        evidence["drills"] = [
            {**drill, "observations": observations(entries)}
            for drill, entries in zip(evidence["drills"], recording.index["drills"])]
    return evidence


def observation_of(entries, cells, commands):
    id_, entry = cells[0], entries[cells[0]]
    if "ending" in entry:
        outcome = {"command": {
            "arguments": [argument.decode() for argument in entry.get("arguments") or commands[probe(id_)]],
            "result": {
                "duration": json.loads(cells[3]), "ending": entry["ending"],
                "standardOutput": value_of(entry["stdout"]), "standardError": value_of(entry.get("stderr", b"")),
                "outputTruncated": entry.get("outputTruncated", False),
                "errorTruncated": entry.get("errorTruncated", False)}}}
    else:
        outcome = dict(entry["outcome"])
        if "http" in outcome and "body" in entry:
            response = {**outcome["http"]["answer"]["response"], "body": value_of(entry["body"])}
            outcome = {"http": {**outcome["http"], "answer": {"response": response}}}
        elif "neighbours" in outcome:
            outcome = {"neighbours": value_of(entry["body"])}
    return {
        "id": id_, "vantage": entry.get("vantage", machine(id_)), "startedAt": cells[1],
        "duration": json.loads(cells[2]), "outcome": outcome}


def contracted(observations):
    """Each answer of the same machine to the same command once, as ObservationsCoded.swift has it."""
    first, named, kept = {}, set(), []
    for observation in observations:
        command = observation["outcome"].get("command")
        if command:
            result = {**command["result"], "duration": 0}
            key = json.dumps([observation["vantage"], command["arguments"], result], sort_keys=True)
            if key in first:
                repetition = {"duration": command["result"]["duration"], "repeats": first[key]}
                observation = {**observation, "outcome": {"command": repetition}}
            elif observation["id"] not in named:
                first[key] = observation["id"]
            named.add(observation["id"])
        kept.append(observation)
    return kept


def expanded(observations):
    """Every answer in full."""
    first, kept = {}, []
    for observation in observations:
        command = observation["outcome"].get("command")
        if command and "repeats" in command:
            answer = first[command["repeats"]]
            result = {**answer["result"], "duration": command["duration"]}
            observation = {**observation, "outcome": {"command": {**answer, "result": result}}}
        if command:
            first.setdefault(observation["id"], observation["outcome"]["command"])
        kept.append(observation)
    return kept


# As text.

def line(value):
    return json.dumps(value, ensure_ascii=False, sort_keys=True, separators=(",", ":"))


def lines(opening, elements, closing):
    elements = list(elements)
    return opening + "\n" + ",\n".join(elements) + "\n" + closing if elements else opening + closing


def number(value):
    return json.dumps(value)


def pretty(value, margin=""):
    """As Foundation's JSONEncoder writes: sorted, a blank on both sides of the colon."""
    inner = margin + "  "
    if isinstance(value, dict):
        members = [f"{inner}{line(key)} : {pretty(value[key], inner)}" for key in sorted(value)]
        return "{\n" + ",\n".join(members) + "\n" + margin + "}"
    if isinstance(value, list):
        return "[\n" + ",\n".join(inner + pretty(element, inner) for element in value) + "\n" + margin + "]"
    return line(value)


def evidence_files(evidence):
    """The forms that evidence files have had; those of early recordings were formatted by other programs."""
    yield pretty(evidence)
    yield line(evidence) + "\n"
    yield json.dumps(evidence, indent=1, sort_keys=True, ensure_ascii=False) + "\n"


def unpacked_file(recording):
    """The bytes of the evidence file; none where the recording is not as it was made."""
    for text in evidence_files(unpacked(recording)):
        if hashlib.sha256(text.encode()).hexdigest() == recording.index["evidenceSHA256"]:
            return text.encode()
    return None
