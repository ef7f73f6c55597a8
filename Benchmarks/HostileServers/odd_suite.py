"""Makes the first machine of a pair odd in one way after the other, grades it, and measures what that costs: see
scripts/hostile-suite, which runs this in a class's network namespace.

    odd_suite.py BASCULE CLASS FOLDER [MANNER...]
"""

import os
import pathlib
import shutil
import subprocess
import sys
import tempfile

import bounds
from grading import Row, grade, outcomes, show, summary, told
from odd_nodes import CAREFUL, ODD, WHOLE

BASCULE, CLASS, FOLDER = sys.argv[1], sys.argv[2], pathlib.Path(sys.argv[3])


def on_nodes(script, is_both=False):
    """The first of the results that failed, or the last."""
    for node in ["serv1", "serv2"] if is_both else ["serv1"]:
        result = subprocess.run(
            [BASCULE, "lab", "shell", "--class", CLASS, f"etu1/{node}", "sh", "-c", script], check=False,
            stdin=subprocess.DEVNULL, capture_output=True, text=True)
        if result.returncode:
            break
    return result


def roster(by):
    if by == "root":
        return FOLDER / "class.yaml"
    text = (FOLDER / "class-su.yaml").read_text()
    path = FOLDER / f"class-odd-{by}.yaml"
    path.write_text(text if by == "su" else text.replace(
        "become: {method: su, passwordFile: root.password}", "become: {method: sudo, passwordFile: etudiant.password}"))
    return path


def attempt(row, odd, base, whole):
    reports = pathlib.Path(tempfile.mkdtemp())
    try:
        done = on_nodes(odd.do, odd.is_both)
        if done.returncode:
            row.faults.append(f"the machine could not be made odd: {done.stderr[-200:]}")
        try:
            status, text, row.wall, row.cpu, row.memory = grade(BASCULE, roster(odd.by), reports)
        finally:
            undone = on_nodes(odd.undo, odd.is_both)
            if undone.returncode:
                row.faults.append(f"the machine is still odd: {undone.stderr[-200:]}")
        if keep := os.environ.get("KEEP"):
            shutil.rmtree(f"{keep}/{row.manner}", ignore_errors=True)
            shutil.copytree(reports, f"{keep}/{row.manner}/reports", symlinks=True)
        result, counts, sentences = outcomes(reports)
        english, french = told(sentences)
        score = result["score"]["earned"] / 1000
        row.outcome = english or f"{score} points, {counts}"
        bounds.cost(row, base)
        bounds.told(row, status, text, english, french)
        if lost := counts.get("notMet", 0) + counts.get("partly", 0):
            row.faults.append(f"{lost} checks not met on a pair that is solved")
        if odd.expects == WHOLE and score != whole:
            row.faults.append(f"{score} points instead of {whole}; {english}")
        elif odd.expects not in (WHOLE, CAREFUL) and not any(odd.expects in words["en"] for words in sentences):
            row.faults.append(f"not told that “{odd.expects}”")
    finally:
        shutil.rmtree(reports, ignore_errors=True)


def main():
    has_packages = on_nodes("test -x /usr/bin/fish").returncode == 0
    manners = sys.argv[4:] or [name for name, odd in ODD.items() if has_packages or not odd.needs_packages]
    with tempfile.TemporaryDirectory() as work:
        status, text, _, cpu, base = grade(BASCULE, roster("root"), pathlib.Path(work))
        if status != 0:
            sys.exit(f"the honest pair was not graded:\n{text}")
        whole = outcomes(pathlib.Path(work))[0]["score"]["earned"] / 1000
    print(f"the pair as it is: {whole} points, {cpu:.1f} s of processor, {base:.0f} MB", flush=True)
    rows = []
    for manner in manners:
        rows.append(Row(manner))
        try:
            attempt(rows[-1], ODD[manner], base, whole)
        except Exception as error:
            rows[-1].faults.append(f"{type(error).__name__}: {error}")
        show(rows[-1])
    sys.exit(summary(rows))


main()
