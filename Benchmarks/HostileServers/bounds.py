"""Within which bounds each manner has to stay, and what has to be said of it."""

import re

#: Seconds from start to end, of processor, and MB above what an honest pair takes.
WALL, CPU, MEMORY = 90, 10, 100
WORDS = f"bounds: {WALL} s, {CPU} s of processor, {MEMORY} MB above that"

#: Nothing is known of such a pair: no check may be met or not met.
UNDECIDED = {"notAssessed", "blocked", "notRequested"}


def judge(row, status, text, counts, english, french, base):
    """Adds to the row's faults."""
    if status not in (0, 1, 2):
        row.faults.append(f"ended with {status}: {text[-300:]}")
    if row.wall > WALL:
        row.faults.append(f"took {row.wall:.0f} s")
    if row.cpu > CPU:
        row.faults.append(f"took {row.cpu:.1f} s of processor")
    if row.memory > base + MEMORY:
        row.faults.append(f"took {row.memory - base:.0f} MB above an honest pair")
    if decided := {outcome: number for outcome, number in counts.items() if outcome not in UNDECIDED}:
        row.faults.append(f"judged what nothing is known of: {decided}")
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text):
        row.faults.append("foreign control characters reached the terminal")
    if english and (not french or french == english):
        row.faults.append(f"not in both languages: {french}")
