#!/usr/bin/env python3
"""Writes the manual pages of the program and of every subcommand, from what it says of itself.

    scripts/manual_pages.py GENERATOR PROGRAM YYYY-MM-DD FOLDER

GENERATOR is ArgumentParser's own `generate-manual`. FOLDER gets man1 and, where the program's help is in French when the
environment asks for that, fr/man1. What it writes is put right in three ways:

- it leaves every character out that is not ASCII, so those go through it as numbers;
- `bascule.lab.up.1` becomes `bascule-lab-up.1`, which is where `man bascule lab up` looks;
- the name is one word (whatis(1) indexes it), and there are no empty lines (mdoc(7) has none).
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

# What the generator takes for the program.
DUMP = """#!/usr/bin/env python3
import re, subprocess, sys
text = subprocess.run([{program!r}, *sys.argv[1:]], check=True, capture_output=True, text=True).stdout
print(re.sub(r"[^\\x00-\\x7f]", lambda found: f"@U{{ord(found[0]):x}}@", text), end="")
"""


def put_right(text, words):
    text = re.sub("@U([0-9a-f]+)@", lambda found: chr(int(found[1], 16)), text)
    lines, section = [], ""
    for line in text.splitlines():
        if line.startswith(".Sh "):
            section = line[4:]
        if line.startswith(".Dt "):
            line = f'.Dt {"-".join(words).upper()} 1'
        elif line.startswith(".Nm ") and section == "NAME":
            line = f'.Nm {"-".join(words)}'
        elif line == ".Nm" and section == "SYNOPSIS":
            line = f'.Nm "{" ".join(words)}"'
        elif line.startswith(".Xr "):
            line = line.replace(".", "-").replace("-Xr", ".Xr", 1)
        lines.append(line if line.strip() else ".Pp")
    # A paragraph before an item, or before another, says nothing.
    kept = [
        line
        for line, after in zip(lines, lines[1:] + [""])
        if not (line == ".Pp" and after.startswith((".It", ".El", ".Sh", ".Pp", ".Bl")))
    ]
    return "\n".join(kept) + "\n"


def pages(generator, program, date, locale):
    with tempfile.TemporaryDirectory() as work:
        tool = pathlib.Path(work, "bascule")
        tool.write_text(DUMP.format(program=program))
        tool.chmod(0o755)
        made = pathlib.Path(work, "pages")
        made.mkdir()
        subprocess.run(
            [generator, str(tool), "--multi-page", "--date", date, "--output-directory", str(made)],
            check=True, stdout=subprocess.DEVNULL,
            env=os.environ | {"LC_ALL": locale, "PYTHONUTF8": "1", "TZ": "UTC0"})
        return {
            "-".join(words := page.stem.split(".")) + ".1": put_right(page.read_text(), words)
            for page in sorted(made.glob("*.1"))
        }


def main(generator, program, date, folder):
    english = pages(generator, program, date, "C.UTF-8")
    french = pages(generator, program, date, "fr_FR.UTF-8")
    for place, texts in (("man1", english), ("fr/man1", french)):
        if place != "man1" and texts == english:
            continue
        pathlib.Path(folder, place).mkdir(parents=True)
        for name, text in texts.items():
            pathlib.Path(folder, place, name).write_text(text, encoding="utf-8")


main(*sys.argv[1:])
