"""What a page of the manual has to be typed: its commands and files in order, and what its test has to know of them.

A command stands in an indented block, or in a fence of the language `console`; a fence with a second word in its info string
(```csv list.csv) is the file of that name. What follows a command behind two blanks and `#` is for the reader. A comment
`<!-- check … -->` in front of a block holds a directive a line (or one behind `check:`), for the block's commands that begin
with PREFIX, or for all of them where none is given:

    at PLACE                       typed there from here on: teacher (in the class's network), host, etu1/serv1, …
    at PLACE for PREFIX            the same for these commands alone
    prepare COMMAND                run before the block; functions of scripts/manual_class.sh may be used
    expect 0 or 2 PREFIX           the statuses that are right; 0 where nothing is said
    press KEYS after "TEXT" PREFIX typed when TEXT is in what the command printed since the last key; ^C, or a line
    skip PREFIX: REASON            not run; without PREFIX, the whole block

A page is in parts, each with a folder of its own: its languages (`## Français`, `## English`), or all of it.
"""

import dataclasses
import pathlib
import re

FENCE = re.compile(r"^(\s{0,3})```(\S*) *(\S*)\s*$")
COMMENT = re.compile(r"^<!-- check(:?)")
LANGUAGES = {"## Français": "fr", "## English": "en"}
FRENCH_PAGES = {"README.fr.md", "enseignant.md", "etudiant.md"}


@dataclasses.dataclass
class Directive:
    kind: str
    line: int
    prefix: str = ""
    text: str = ""
    more: object = None

    def is_for(self, command):
        return command.startswith(self.prefix)


@dataclasses.dataclass
class Step:
    """A command, or a file where `name` is set."""

    line: int
    text: str
    name: str = ""
    place: str = "teacher"
    preparations: list = dataclasses.field(default_factory=list)
    statuses: tuple = (0,)
    keys: list = dataclasses.field(default_factory=list)
    reason_not_run: str = ""

    @property
    def command(self):
        """Without what is said of it to the reader."""
        return re.split(r"  +#", self.text)[0].strip()


@dataclasses.dataclass
class Part:
    """What is typed in one folder, from its first command to its last."""

    page: str
    language: str
    steps: list


class PageMistake(Exception):
    pass


def directive(text, page, line):
    """One line of a comment."""
    forms = [
        ("at", r"at (?P<text>\S+)(?: for (?P<prefix>.+))?"),
        ("prepare", r"prepare (?P<text>.+)"),
        ("expect", r"expect (?P<text>\d+(?: or \d+)*)(?: (?P<prefix>.+))?"),
        ("press", r'press (?P<text>.*?) ?after "(?P<more>[^"]*)"(?: (?P<prefix>.+))?'),
        ("skip", r"skip(?: (?P<prefix>[^:]+))?: (?P<text>.+)"),
    ]
    for kind, form in forms:
        if found := re.fullmatch(form, text):
            named = found.groupdict()
            return Directive(kind, line, named.get("prefix") or "", named["text"] or "", named.get("more"))
    raise PageMistake(f"{page}:{line}: no directive: {text}")


def parts(path):
    """The parts of a page that have something to be typed."""
    path = pathlib.Path(path)
    usual = "fr" if path.name in FRENCH_PAGES else "en"
    found = [Part(str(path), usual, [])]
    reader = Reader(path)
    for item in reader.items():
        if isinstance(item, str):
            found.append(Part(str(path), item, []))
        else:
            found[-1].steps.append(item)
    return [part for part in found if part.steps]


class Reader:
    def __init__(self, path):
        self.page = path
        self.lines = path.read_text("utf-8").splitlines()
        self.place = "teacher"
        self.waiting = []

    def items(self):
        """Steps, and the language where a part begins."""
        number, was_blank = 0, True
        while number < len(self.lines):
            line = self.lines[number]
            if line in LANGUAGES:
                self.place, self.waiting = "teacher", []
                yield LANGUAGES[line]
            elif COMMENT.match(line):
                number = self.read_comment(number)
            elif fence := FENCE.match(line):
                end = next(i for i in range(number + 1, len(self.lines)) if self.lines[i].strip() == "```")
                body = self.lines[number + 1 : end]
                if fence[3]:
                    yield from self.block([Step(number + 1, "\n".join(body) + "\n", name=fence[3])])
                elif fence[2] == "console":
                    yield from self.block(self.commands(number + 1, body))
                number = end
            elif line.startswith("    ") and was_blank:
                end = number
                while end < len(self.lines) and self.lines[end].startswith("    "):
                    end += 1
                yield from self.block(self.commands(number, self.lines[number:end]))
                number = end - 1
            was_blank = not self.lines[number].strip()
            number += 1
        if self.waiting:
            raise PageMistake(f"{self.page}:{self.waiting[0].line}: a directive without a command behind it")

    def read_comment(self, number):
        first = number
        text = self.lines[number].removeprefix("<!-- check").removeprefix(":")
        while "-->" not in self.lines[number]:
            number += 1
            text += "\n" + self.lines[number]
        for offset, line in enumerate(text.split("-->")[0].split("\n")):
            if line.strip():
                self.waiting.append(directive(line.strip(), self.page, first + offset + 1))
        return number

    def commands(self, number, lines):
        """The commands of a block; a line that ends in a backslash goes on."""
        step = None
        for offset, line in enumerate(lines):
            if step and step.text.endswith("\\"):
                step.text = step.text[:-1] + line.strip()
            elif line.strip() and not line.strip().startswith("#"):
                step = Step(number + offset + 1, line.strip())
                yield step

    def block(self, steps):
        """The block's steps with what its directives say of them."""
        steps = list(steps)
        told, self.waiting = self.waiting, []
        if any(step.name for step in steps):
            # They are for the commands behind a file.
            self.waiting, told = told, []
        for found in told:
            if found.kind == "at" and not found.prefix:
                self.place = found.text
            elif found.kind != "prepare" and not any(found.is_for(step.command) for step in steps):
                raise PageMistake(f"{self.page}:{found.line}: no command begins with “{found.prefix}” in the block behind it")
        for step in steps:
            step.place = self.place
            for found in told:
                self.apply(found, step)
        if steps:
            steps[0].preparations = [found.text for found in told if found.kind == "prepare"]
        return steps

    @staticmethod
    def apply(found, step):
        if not found.is_for(step.command):
            return
        if found.kind == "at" and found.prefix:
            step.place = found.text
        elif found.kind == "expect":
            step.statuses = tuple(int(status) for status in found.text.split(" or "))
        elif found.kind == "press":
            step.keys.append((found.more, found.text))
        elif found.kind == "skip":
            step.reason_not_run = found.text
