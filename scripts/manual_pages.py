#!/usr/bin/env python3
"""Writes the manual pages of the program and of every subcommand, from what it says of itself.

    scripts/manual_pages.py GENERATOR PROGRAM YYYY-MM-DD FOLDER

GENERATOR is ArgumentParser's own `generate-manual`. FOLDER gets man1 and fr/man1. What it writes is put right in three ways:

- it leaves every character out that is not ASCII, so those go through it as numbers;
- `bascule.lab.up.1` becomes `bascule-lab-up.1`, which is where `man bascule lab up` looks;
- the name is one word (whatis(1) indexes it), and there are no empty lines (mdoc(7) has none).

What the program does not say of itself (its files, what its statuses mean) stands in docs/man, in both languages, in the
place of the generator's one sentence on the exit status.
"""

import os
import pathlib
import re
import subprocess
import sys
import tempfile

ROOT = pathlib.Path(__file__).resolve().parent.parent

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


HEADINGS = {"NAME": "NOM", '"EXIT STATUS"': '"CODE DE RETOUR"', '"SEE ALSO"': '"VOIR AUSSI"'}
SENTENCES = {
    "en": "As the description says, and else as in\n.Xr bascule 1 .",
    "fr": "Comme le dit la description, et pour le reste comme dans\n.Xr bascule 1 .",
}


def completed(text, name, language):
    """With what is written by hand."""
    status = '.Sh "EXIT STATUS"\n.Ex -std\n'
    if status not in text:
        sys.exit(f"manual_pages: the generator says something else of the exit status of {name}: look at it")
    if name == "bascule.1":
        by_hand = (ROOT / "docs/man" / f"{name}.{language}").read_text("utf-8")
    else:
        by_hand = f'.Sh "EXIT STATUS"\n{SENTENCES[language]}\n'
    text = text.replace(status, by_hand)
    if language == "fr":
        for english, french in HEADINGS.items():
            text = text.replace(f".Sh {english}\n", f".Sh {french}\n")
    return text


def main(generator, program, date, folder):
    for place, locale, language in (("man1", "C.UTF-8", "en"), ("fr/man1", "fr_FR.UTF-8", "fr")):
        pathlib.Path(folder, place).mkdir(parents=True)
        for name, text in pages(generator, program, date, locale).items():
            pathlib.Path(folder, place, name).write_text(completed(text, name, language), encoding="utf-8")


main(*sys.argv[1:])
