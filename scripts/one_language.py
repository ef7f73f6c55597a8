#!/usr/bin/env python3
"""Finds sentences of the program that are there in one language only.

scripts/one_language.py [FILE…]     default: every source of the program

A sentence for people stands in a pair, `fr:` beside `en:` (LocalizedText, ArgumentHelp, String, ValidationError…), or in
`pick(french, english)`. What reads like English or French and stands elsewhere is reported with file and line. What is
for machines is known by what it is: shell scripts, YAML and JSON that are written, names, patterns, what a bug is told
with; a file that is all of that kind is in EXEMPT, with the reason.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent

# What is read by a program, or by whoever mends Bascule.
EXEMPT = {
}

# A call whose words never reach a user: a bug's, a pattern's, a machine's.
MACHINE = re.compile(
    r"(precondition|preconditionFailure|fatalError|assert|assertionFailure|Regex|LinePattern|contains|hasPrefix|hasSuffix"
    r"|firstRange|split|replacing|components|sql|RemoteCommand|RemoteScript|HostCommand|execute|print_schema)$")
PAIRED = re.compile(r"(^|\.)(pick)$")
ENGLISH = re.compile(r"\b(the|is|are|of|to|and|not|no|be|with|for|there|takes|give|cannot|has|was|it|that|which|by|an|or|from|"
                     r"this|what|where|who|at|in|on|only|its)\b", re.I)
FRENCH = re.compile(r"\b(le|la|les|des|du|est|un|une|pas|ne|dans|sur|pour|avec|et|qui|que|aux|au|se|sont)\b", re.I)
WORD = re.compile(r"[A-Za-zÀ-ÿ]{2,}")


class Reader:
    """The string literals of a Swift file, each with its line and the calls and labels around it."""

    def __init__(self, text):
        self.text, self.at, self.found = text, 0, []

    def literals(self):
        stack = []  # (callee, label of the argument that is being read)
        text, size = self.text, len(self.text)
        start = [0]  # where the current argument begins, for each level
        while self.at < size:
            if text.startswith("//", self.at):
                end = text.find("\n", self.at)
                self.at = size if end < 0 else end
                continue
            if text.startswith("/*", self.at):
                self.at = text.index("*/", self.at) + 2
                continue
            char = text[self.at]
            raw = re.match(r'(#+)"', text[self.at:self.at + 5])
            if char == '"' or raw:
                line = text.count("\n", 0, self.at) + 1
                begin = self.at
                words = self.literal(raw.group(1) if raw else "")
                labels = [label for _, label in stack]
                label = re.match(r"\s*([A-Za-z_]+):", text[start[-1]:begin])
                self.found.append((line, words, stack + [("", label.group(1) if label else "")], bool(raw)))
                continue
            if char in "([{":
                callee = re.search(r"([A-Za-z_.]+)\s*$", text[max(0, self.at - 80):self.at]) if char == "(" else None
                label = re.match(r"\s*([A-Za-z_]+):", text[start[-1]:self.at])
                stack.append((callee.group(1) if callee else char, label.group(1) if label else ""))
                start.append(self.at + 1)
            elif char in ")]}" and stack:
                stack.pop()
                start.pop()
            elif char == "," or (char == "\n" and stack and stack[-1][0] == "{"):
                start[-1] = self.at + 1
            self.at += 1
        return self.found

    def literal(self, hashes):
        """The words of the literal that begins here; its interpolations are left out, what is in them is read too."""
        text = self.text
        self.at += len(hashes)
        quotes = '"""' if text.startswith('"""', self.at) else '"'
        self.at += len(quotes)
        words = []
        while self.at < len(text):
            if text.startswith(quotes + hashes, self.at):
                self.at += len(quotes) + len(hashes)
                break
            if text.startswith("\\" + hashes + "(", self.at):
                self.at += 2 + len(hashes)
                depth = 1
                while depth and self.at < len(text):
                    if text[self.at] == '"':
                        self.literal("")
                        continue
                    depth += {"(": 1, ")": -1}.get(text[self.at], 0)
                    self.at += 1
                words.append("…")
                continue
            if text[self.at] == "\\" and not hashes:
                words.append(" " if text[self.at + 1] == "\n" else text[self.at + 1])
                self.at += 2
                continue
            words.append(text[self.at])
            self.at += 1
        return "".join(words)


def is_sentence(words):
    plain = words.replace("…", " ")
    if plain.startswith(("#!", "SELECT", "CREATE", "<", "^")) or re.search(r"[{};]\s*\n|\bLC_ALL=|\$\(|\becho\b|\\d|\[\^", plain):
        return False
    return len(WORD.findall(plain)) >= 3 and bool(ENGLISH.search(plain) or FRENCH.search(plain))


def one_language(path):
    for line, words, around, raw in Reader(path.read_text()).literals():
        if raw or not is_sentence(words):
            continue
        if any(label in ("fr", "en") or PAIRED.search(callee) for callee, label in around):
            continue
        if any(MACHINE.search(callee) for callee, _ in around):
            continue
        yield line, " ".join(words.split())


def main():
    files = [pathlib.Path(name) for name in sys.argv[1:]] or sorted((ROOT / "Sources").rglob("*.swift"))
    count = 0
    for path in files:
        name = str(path.resolve().relative_to(ROOT)) if path.resolve().is_relative_to(ROOT) else str(path)
        if any(name.startswith(prefix) for prefix in EXEMPT):
            continue
        for line, words in one_language(path):
            count += 1
            print(f"{name}:{line}: error: one language only: {words[:150]}")
    if count:
        sys.exit(f"one_language: {count} sentence(s) without their other language: give both, fr: beside en:")


if __name__ == "__main__":
    main()
