#!/usr/bin/env python3
"""Refuses an awaited value inside a tuple, an argument list or a literal of more than one part.

    scripts/awaited_values.py [FILE or FOLDER ...]        default: Sources and Benchmarks

Why: Swift 6.3.1 at -O loses the first element of `return (key, .success(try await f()))` across the suspension
(scripts/compiler-fault shows it, and says when a newer compiler no longer needs this rule). Only some shapes are hit
today, which ones is the optimiser's affair, and results are what marks are made of. So the rule is plain: an awaited
value goes into a constant first, what holds it is made after.

Prints `file:line: the line` for each place; exit status 1 where there is one, 0 where there is none.
"""
import pathlib
import re
import sys

# Comments and literals, whose text is nobody's code; what is interpolated into a literal goes with it.
OPAQUE = re.compile(
    r'//[^\n]*|/\*.*?\*/|#"""(?:.*?)"""#|"""(?:\\.|.)*?"""|#"(?:.*?)"#|"(?:\\\((?:[^()"]|\((?:[^()"]|\([^()]*\))*\)|"[^"\n]*")*\)|\\.|[^"\\\n])*"',
    re.DOTALL)
TOKEN = re.compile(r"[()\[\]{}]|,|\bawait\b")


def blanked(text):
    return OPAQUE.sub(lambda found: re.sub(r"[^\n]", " ", found.group()), text)


def places(text):
    """Lines, from 1, on which a value is awaited beside another one."""
    code = blanked(text)
    found = set()
    # Of each bracket that is open: what opens it, how many commas it has, and the lines awaited in it.
    open_brackets = []
    for token in TOKEN.finditer(code):
        word = token.group()
        if word in "([{":
            # `await (a, b)`: what was begun with `async let` is awaited inside; `for await (a, b) in` is a pattern.
            before = re.search(r"(for\s+(?:try\s+)?)?await\s*$", code[max(0, token.start() - 40):token.start()])
            line = code.count("\n", 0, token.start()) + 1
            open_brackets.append((word, [0], [line] if before and not before.group(1) else []))
        elif word in ")]}":
            if not open_brackets:
                continue
            kind, commas, awaited = open_brackets.pop()
            if kind != "{" and commas[0] > 0:
                found.update(awaited)
            # What is awaited in a part is awaited in the whole; a closure's or a block's own code is another's.
            if kind != "{" and open_brackets:
                open_brackets[-1][2].extend(awaited)
        elif word == "," and open_brackets:
            open_brackets[-1][1][0] += 1
        elif word == "await" and open_brackets:
            open_brackets[-1][2].append(code.count("\n", 0, token.start()) + 1)
    return sorted(found)


def main(arguments):
    roots = [pathlib.Path(word) for word in arguments or ["Sources", "Benchmarks"]]
    files = [file for root in roots for file in ([root] if root.is_file() else sorted(root.rglob("*.swift")))]
    if not files:
        print("awaited_values: no Swift file in " + " ".join(map(str, roots)), file=sys.stderr)
        return 64
    count = 0
    for file in files:
        text = file.read_text(encoding="utf-8")
        lines = text.split("\n")
        for line in places(text):
            count += 1
            print(f"{file}:{line}: {lines[line - 1].strip()}")
    if count:
        print(f"{count} awaited beside another value: await into a constant first (see scripts/awaited_values.py)")
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
