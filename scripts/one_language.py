#!/usr/bin/env python3
"""Finds sentences of the program that are there in one language only, and pairs that are none.

    scripts/one_language.py [FILE…]      default: every source of the program
    scripts/one_language.py --self-test  tries the rules themselves on what they are to find and to leave alone

A sentence for people stands in a pair, `fr:` with `en:` right behind it (LocalizedText, ArgumentHelp, String,
ValidationError, a helper of one's own), or in `pick(french, english)`. What is reported, with file and line:

- what reads like English or French and stands elsewhere;
- `fr:` without `en:` behind it, or the two the other way round;
- a pair of one text twice, and a half that reads like the other language: a wrong paste;
- code that asks for the language itself, where a pair would do.

What is for machines is in EXEMPT, each with its reason and no wider than it has to be. Exit status 1 where there is
something to report, or an exemption that nothing needs any more.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# What is read by a program, or by whoever mends Bascule: a file (a folder), or in it
# what stands in a declaration (`name`, a function `name()`) or in a call (`name(`).
SCRIPT = "a shell script"
LIBRARY = "its English is the library's own, asked for at run time; this table is the other half of the pair"
STORED = "words of a file that is kept, by which what is said is found"
SAID = "what a program on a machine says, and is recognised by"
EXEMPT = {
    "Sources/lab-matrix": "a tool for developers",
    "Sources/ClassRun/RubricFile/RubricSchema.swift": "descriptions in a JSON schema, for an editor",
    "Sources/Exercises/Declared/DeclarationSchema.swift": "descriptions in a JSON schema, for an editor",
    "Sources/ClassRun/Drills/DrillScripts.swift": {
        "undoPlace": SCRIPT, "serviceUnit": "a unit on a machine whose language nobody knows",
        "timerUnit": "a unit on a machine whose language nobody knows"},
    "Sources/ClassRun/Drills/DrillSteps.swift": {"intents()": SCRIPT},
    "Sources/ClassRun/Marks/AnswerSheet.swift": {"names": "names of files"},
    "Sources/History/History.swift": {"foreign": "SQL"},
    "Sources/Exercises/Activite2/Activite2VirtualLab.swift": {
        "corosync()": "corosync.conf", "page()": "the page that a virtual machine serves", "functions": SCRIPT},
    "Sources/Exercises/Activite2/CommonProbes.swift": {"shell(": SCRIPT},
    "Sources/Exercises/Activite2/HealthProbe.swift": {"isValid()": SAID, "isRight()": SAID},
    "Sources/Exercises/Declared/Beginning.swift": {
        "files()": "scripts; their remarks are pairs", "exercise()": "YAML, bilingual in itself; its remarks are pairs",
        "lab": "YAML, bilingual in itself; its remarks are pairs"},
    "Sources/Exercises/Declared/BrokenScript.swift": {"endings": SAID},
    "Sources/Exercises/Declared/LookReading.swift": {"missing": SAID},
    "Sources/Exercises/Declared/PatternWords.swift": {"french": LIBRARY},
    "Sources/SSHTransport/Core/LibraryErrorWords.swift": {"french": LIBRARY},
    "Sources/GraderCore/SystemMessage.swift": {"french": LIBRARY},
    "Sources/bascule/Options/ParserWords.swift": {
        "parts": "pairs: ArgumentParser's own English, and the French for it"},
    "Sources/bascule/Options/HelpWords.swift": {
        "valuesInFrench": "pairs: a word of ours that stands for a value, and the French for it"},
    "Sources/LinuxFacts/Audit/AuditScript.swift": {"searched": SCRIPT},
    "Sources/NetworkProbes/PortScan/NmapXML.swift": {"text": "Nmap's own words, in its format"},
    "Sources/Pacemaker/Model/ClusterSnapshot.swift": {"differences()": STORED},
    "Sources/Pacemaker/Status/ClusterStatusText.swift": {"takeSummary()": SAID},
    "Sources/Pacemaker/Status/ClusterStatusText+Resources.swift": {"takeResource()": SAID},
    "Sources/Pacemaker/Status/PrintedResource.swift": {"sections": SAID},
    "Sources/SSHTransport/Root/RootLogin.swift": {"says(": SAID},
    "Sources/History/HistorySchema.swift": {"insert": "SQL"},
    "Sources/VirtualClass/InventedNames.swift": "names of people",
    "Sources/VirtualClass/NameServer.swift": {"configuration": "named.conf", "zone": "a zone file"},
}

# Files that ask for the language themselves: it is no sentence that depends on it.
ASKING = {
    "Sources/GraderCore/Texts.swift": "here it is that a wording is chosen",
    "Sources/GraderCore/Wording.swift": "typography",
    "Sources/Reports/Words/DateText.swift": "the two ways of writing a date",
    "Sources/bascule/Options/HelpWords.swift": "the words that stand for values are a table",
    "Sources/bascule/Options/ParserWords.swift": "in English there is nothing to translate",
}

# Calls whose words never reach a user: a bug's, a pattern's, a machine's. Only what stands in them directly.
MACHINE = re.compile(
    r"(^|\.)(precondition|preconditionFailure|fatalError|assert|assertionFailure|Regex|LinePattern|contains|hasPrefix|hasSuffix"
    r"|firstRange|lastRange|takeOne|upTo|split|replacing|components|sql|RemoteCommand|RemoteScript|HostCommand|execute|available|OneKind)$")
# An argument, and a constant, whose words are for the same.
LABELS = {"debugDescription"}
NAMES = re.compile(r"(^s|S)cript$")
ASKS = re.compile(r"[=!]= *\.(?:french|english)\b|\bisFrench\b|\bcase \.(?:french|english):")

# Words of one of the two languages only: `on`, `me`, `a`, `or` are of both.
ENGLISH = set("""the is are of to and not be been with for there takes take give gives cannot has have had was were it its
    that this these which what where who whose when while by an from at in only into does do did no nothing here than
    them they but as if so how why of""".split())
FRENCH = set("""le la les des du de est une un pas ne dans sur pour avec et qui que quoi aux au se sont ce cet cette ces
    il elle ils elles sans sous par été être dont où rien aucun aucune leur son sa ses mais ou si y""".split())
ACCENT = re.compile(r"[àâçéèêëîïôùûœÀÂÇÉÈÊËÎÏÔÙÛŒ]|«")
ELISION = re.compile(r"^(?:[cdjlmnst]|qu|lorsqu|puisqu|jusqu)['’](?=.)", re.I)
EDGES = " .,;:!?()[]«»\"'’“”…—–-*#/"


def words_of(text):
    """Its words, in small letters; no names, options, paths, or what is put in."""
    found = []
    for token in text.split():
        if token.startswith(("-", "<", "$")):
            continue
        token = token.strip(EDGES).lower()
        while ELISION.match(token):
            found.append("l'")
            token = ELISION.sub("", token)
        if re.fullmatch(r"[^\W\d_]+(?:['’-][^\W\d_]+)*", token) and "=" not in token:
            found.append(token)
    return found


def languages(text):
    """How many words of each language only: (French, English)."""
    words = words_of(text)
    french = sum(word in FRENCH or word == "l'" or bool(ACCENT.search(word)) for word in words)
    return french, sum(word in ENGLISH for word in words)


def is_sentence(text):
    count = [word for word in words_of(text) if len(word) > 1]
    french, english = languages(text)
    return bool(ACCENT.search(text)) and bool(count) or len(count) >= 3 and french + english > 0


class Level:
    """A bracket that is open: what opens it, and the argument that is being read."""

    def __init__(self, callee, names, start):
        self.callee, self.names, self.start = callee, names, start
        self.index, self.labels = 0, []


class Literal:
    def __init__(self, line, text, levels):
        self.line, self.text = line, text
        # From the outside in: the level, the argument's label and its number.
        self.around = levels


class Reader:
    """The string literals of a Swift file, those put into others too, each with the calls and labels around it."""

    NAME = re.compile(r"(?:^|[\s(])(let|var|func)\s+`?(\w+)")

    def __init__(self, text):
        self.text, self.at, self.found, self.levels = text, 0, [], [Level("", [], 0)]
        self.calls = []

    def literals(self):
        while self.at < len(self.text):
            self.step()
        return self.found

    def label(self):
        match = re.match(r"\s*(?://[^\n]*\s*)*([A-Za-z_]\w*)\s*:(?!:)", self.text[self.levels[-1].start:self.at])
        return match.group(1) if match else ""

    def names(self):
        """What is declared where it stands: `name`, and a function as `name()`."""
        return [name + ("()" if kind == "func" else "")
                for kind, name in self.NAME.findall(self.text[self.levels[-1].start:self.at])]

    def step(self):
        text, char = self.text, self.text[self.at]
        if text.startswith("//", self.at):
            end = text.find("\n", self.at)
            self.at = len(text) if end < 0 else end
        elif text.startswith("/*", self.at):
            self.at = text.index("*/", self.at) + 2
        elif text.startswith("#/", self.at):
            self.at = text.index("/#", self.at) + 2
        elif char == '"' or re.match(r'#+"', text[self.at:self.at + 5]):
            self.literal()
        elif char in "([{":
            self.open(char)
            self.at += 1
        elif char in ")]}":
            self.close()
            self.at += 1
        else:
            level = self.levels[-1]
            if char == "," and level.callee not in ("", "{"):
                self.note()
                level.index += 1
                level.start = self.at + 1
            elif char == "\n" and level.callee in ("", "{") and not text[:self.at].endswith("="):
                level.start = self.at + 1
            self.at += 1

    def note(self):
        """The label of the argument that ends here."""
        self.levels[-1].labels.append(self.label())

    def open(self, char):
        before = self.text[max(0, self.at - 80):self.at]
        callee = re.search(r"([A-Za-z_.][\w.]*)(?:<[\w., ]*>)?$", before) if char == "(" else None
        names = self.names()
        self.levels.append(Level(callee.group(1) if callee else char, names, self.at + 1))

    def close(self):
        if len(self.levels) == 1:
            return
        self.note()
        level = self.levels.pop()
        level.line = self.text.count("\n", 0, level.start) + 1
        self.calls.append(level)

    def literal(self):
        """Reads the one that begins here; what is put in stands as `…`."""
        text, line = self.text, self.text.count("\n", 0, self.at) + 1
        hashes = re.match("#*", text[self.at:]).group()
        # The label of each level's argument that is being read.
        around = []
        for number, level in enumerate(self.levels):
            end = self.levels[number + 1].start - 1 if number + 1 < len(self.levels) else self.at
            match = re.match(r"\s*(?://[^\n]*\s*)*([A-Za-z_]\w*)\s*:(?!:)", text[level.start:end])
            around.append((level, match.group(1) if match else "", level.index))
        names = self.names()
        self.at += len(hashes)
        quotes = '"""' if text.startswith('"""', self.at) else '"'
        self.at += len(quotes)
        words = []
        while self.at < len(text) and not text.startswith(quotes + hashes, self.at):
            if text.startswith("\\" + hashes + "(", self.at):
                self.at += 2 + len(hashes)
                depth = len(self.levels)
                self.levels.append(Level("\\(", [], self.at))
                while self.at < len(text) and len(self.levels) > depth:
                    self.step()
                words.append("…")
            elif text.startswith("\\" + hashes, self.at):
                self.at += 1 + len(hashes)
                words.append({"\n": "", "n": "\n", "t": "\t"}.get(text[self.at], text[self.at]))
                self.at += 1
            else:
                words.append(text[self.at])
                self.at += 1
        self.at += len(quotes) + len(hashes)
        found = Literal(line, "".join(words), around)
        # A machine's word for what the pair behind it says.
        found.is_key = bool(re.match(r":\s*LocalizedText\(\s*fr:", text[self.at:self.at + 80]))
        found.names = names + [name for level, _, _ in around for name in level.names]
        self.found.append(found)


def half(literal):
    """The innermost pair it stands in: the call, and which half of it; nil where there is none."""
    for level, label, index in reversed(literal.around):
        if label in ("fr", "en"):
            return level, label
        if re.search(r"(^|\.)pick$", level.callee) and index < 2:
            return level, ("fr", "en")[index]
    return None


def problems(text, exempt=lambda names: False, may_ask=False):
    """(line, what is wrong, the words)."""
    reader = Reader(text)
    pairs = {}
    for literal in reader.literals():
        words = " ".join(literal.text.split())
        place = half(literal)
        if place:
            level, side = place
            pairs.setdefault(id(level), {}).setdefault(side, []).append((literal, words))
            french, english = languages(words)
            own, other = (french, english) if side == "fr" else (english, french)
            if own == 0 and other > 0 and len(words_of(words)) > 1:
                yield literal.line, f"{side}: reads like the other language", words
            continue
        callee = next((level.callee for level, _, _ in reversed(literal.around)
                       if level.callee not in ("[", "(", "\\(")), "")
        if MACHINE.search(callee) or LABELS & {label for _, label, _ in literal.around[-1:]} or literal.is_key:
            continue
        if not is_sentence(words) or any(map(NAMES.search, literal.names)) or exempt({callee + "(", *literal.names}):
            continue
        yield literal.line, "one language only", words
    for sides in pairs.values():
        french, english = ([words for _, words in sides.get(side, [])] for side in ("fr", "en"))
        if french == english and len(words_of(" ".join(french))) > 1:
            yield sides["fr"][0][0].line, "one text twice", french[0]
    for call in reader.calls:
        labels = call.labels
        for number, label in enumerate(labels):
            if label == "fr" and labels[number + 1:number + 2] != ["en"]:
                yield call.line, "fr: without en: right behind it", ""
            elif label == "en" and (number == 0 or labels[number - 1] != "fr"):
                yield call.line, "en: without fr: right before it", ""
    if not may_ask:
        for number, line in enumerate(text.split("\n"), 1):
            if ASKS.search(line.split("//")[0]):
                yield number, "asks for the language itself: a pair does that", line.strip()


class Exemptions:
    """Which of them something needs."""

    def __init__(self):
        self.used = set()

    def of(self, name):
        """For a file: whether what stands in one of these names is exempt."""
        whole = next((key for key, reason in EXEMPT.items()
                      if isinstance(reason, str) and (name == key or name.startswith(key + "/"))), None)
        parts = EXEMPT.get(name, {})

        def exempt(names):
            used = [(whole, "")] if whole else [(name, part) for part in parts if part in names] if not whole else []
            self.used.update(used)
            return bool(used)
        return exempt

    def unused(self):
        for key, reason in EXEMPT.items():
            for part in [""] if isinstance(reason, str) else reason:
                if (key, part) not in self.used:
                    yield key, part


class Refused:
    """What the rules are to find, and what they are to leave alone."""

    FOUND = [
        ('say("the roster names no student of that name")', "one language only"),
        ('say("la liste de classe ne nomme personne")', "one language only"),
        ('say("Échec")', "one language only"),
        ('say("\\(count) of \\(String("this one is in here"))")', "one language only"),
        ('let a = """\n    The first line\n    of two lines\n    """', "one language only"),
        ('check(contains: f("it is not there yet"))', "one language only"),
        ('throw E(failure("le fichier est vide", "the file is empty"))', "one language only"),
        ('LocalizedText(fr: "le fichier est vide", en: "le fichier est vide")', "reads like the other language"),
        ('LocalizedText(fr: "the file is empty", en: "the file is empty")', "one text twice"),
        ('LocalizedText(fr: "Pages nginx", en: "Pages nginx")', "one text twice"),
        ('LocalizedText(fr: "the file is empty", en: "the folder is empty")', "reads like the other language"),
        ('LocalizedText(fr: "la \\(x ? "is not here" : "b") liste", en: "the list")', "reads like the other language"),
        ('language.pick("the file is empty", "the file has nothing")', "reads like the other language"),
        ('LocalizedText(en: "the file is empty", fr: "le fichier est vide")', "fr: without en:"),
        ('say(fr: "le fichier est vide")', "fr: without en:"),
        ('let word = language == .french ? "oui" : "yes"', "asks for the language itself"),
        ('switch language {\ncase .french: "un"\ncase .english: "one"\n}', "asks for the language itself"),
    ]
    LEFT = [
        'LocalizedText(fr: "le fichier \\(file) est vide", en: "the file \\(file) is empty")',
        'LocalizedText(\n    fr: """\n        le fichier \\\n        est vide\n        """,\n    en: "the file is empty")',
        'pick("\\(n) \\(n > 1 ? "sont là" : "est là")", "\\(n) there")',
        'LocalizedText(fr: "bascule lab : \\(text)", en: "bascule lab: \\(text)")',
        'Fact("type", fr: "type", en: "type")',
        'precondition(count > 0, "there is one of them at least")',
        'run(["systemctl", "is-enabled", "bascule report --lang en"])',
        'let words = ["it is not managed": LocalizedText(fr: "non géré", en: "not managed")]',
        '// the file is not there, "and this is no literal of it"\nlet none = #/is "not" that/#',
    ]

    @classmethod
    def wrong(cls):
        for source, expected in cls.FOUND:
            if not any(what.startswith(expected) or expected in what for _, what, _ in problems(source)):
                yield f"is not found ({expected}): {source}"
        for source in cls.LEFT:
            for _, what, _ in problems(source):
                yield f"is found ({what}): {source}"
        exempt = Exemptions().of("Sources/SSHTransport/Root/RootLogin.swift")
        for source, count in (('if says("is not allowed to") {}', 0), ('if tells("is not allowed to") {}', 1)):
            if len(list(problems(source, exempt))) != count:
                yield f"an exemption is not of what it names: {source}"


def main(arguments):
    if arguments == ["--self-test"]:
        wrong = list(Refused.wrong())
        for sentence in wrong:
            print(f"one_language: {sentence}")
        return 1 if wrong else 0
    files = [pathlib.Path(name) for name in arguments] or sorted((ROOT / "Sources").rglob("*.swift"))
    exemptions, count = Exemptions(), 0
    for path in files:
        path = path.resolve()
        name = str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)
        for line, what, words in problems(path.read_text(encoding="utf-8"), exemptions.of(name), name in ASKING):
            count += 1
            print(f"{name}:{line}: error: {what}: {words[:150]}")
    if not arguments:
        for key, part in exemptions.unused():
            count += 1
            print(f"{key}: error: nothing in it needs its exemption any more: {part or 'the whole'}")
    if count:
        print(f"one_language: {count} to be mended: give both languages, fr: with en: behind it", file=sys.stderr)
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
