"""Within which bounds each manner has to stay, and what has to be said of it."""

import pathlib
import re

#: MB above what an honest pair takes.
MEMORY = 100
#: Seconds from start to end, by the stage that a manner's name begins with: a log-in is given 15 s, a command 10 and the
#: end of its channel 10 more, and a pair has four turns of commands, each of which may find its node silent.
WALL = {"version": 30, "exchange": 30, "login": 30}
WALL_ELSEWHERE = 120
#: Seconds of processor, and their share of the time: twice what one machine may cost (ComputingBudget), and half as many
#: seconds again for what its sockets and its output cost.
CPU, CPU_SHARE = 9, 0.1
WORDS = (f"bounds: 30 s up to the log-in, {WALL_ELSEWHERE} s behind it, {CPU} s of processor and {CPU_SHARE:.0%} of the time, "
         f"{MEMORY} MB above that")


#: Nothing is known of such a pair: no check may be met or not met.
UNDECIDED = {"notAssessed", "blocked", "notRequested"}


def expected():
    """The kind of failure and a part of its sentence, by manner."""
    text = pathlib.Path(__file__).with_name("sentences.txt").read_text()
    lines = [line.split(": ", 2) for line in text.splitlines() if not line.startswith("#")]
    return {manner: (kind, sentence) for manner, kind, sentence in lines}


EXPECTED = expected()


def cost(row, base):
    """Adds what the row took too much of to its faults."""
    wall = WALL.get(row.manner.split("-")[0], WALL_ELSEWHERE)
    if row.wall > wall:
        row.faults.append(f"took {row.wall:.0f} s")
    if row.cpu > CPU + CPU_SHARE * row.wall:
        row.faults.append(f"took {row.cpu:.1f} s of processor")
    if row.memory > base + MEMORY:
        row.faults.append(f"took {row.memory - base:.0f} MB above an honest pair")


def told(row, status, text, english, french):
    """Adds what was said otherwise than it has to be to its faults."""
    if status not in (0, 1, 2):
        row.faults.append(f"ended with {status}: {text[-300:]}")
    if re.search(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]", text):
        row.faults.append("foreign control characters reached the terminal")
    if english and (not french or french == english):
        row.faults.append(f"not in both languages: {french}")
    if row.manner in EXPECTED and EXPECTED[row.manner][1] not in english:
        row.faults.append(f"not told that “{EXPECTED[row.manner][1]}”")


def judge(row, status, text, counts, english, french, base):
    """A pair of which nothing is known."""
    cost(row, base)
    told(row, status, text, english, french)
    if decided := {outcome: number for outcome, number in counts.items() if outcome not in UNDECIDED}:
        row.faults.append(f"judged what nothing is known of: {decided}")
