"""A lesson in a real browser, step by step. See scripts/board-check."""

import contextlib
import os
import pathlib
import shutil
import sys
import tempfile
import time

from board_browser import VIEWS, Browser
from board_lesson import Board, Missing, VirtualClass, in_class, wait_for, without_times
import board_check_ends
import board_check_looks

SITUATIONS = {"etu1": "solved", "etu2": "fresh", "etu3": "after-q7", "etu4": "wrong-netmask", "etu5": "off"}
# A drill on the page is drawn as wide as it is on a phone; the projector's page is for a projector.
PROJECTOR = [("projector", 1920, 1080, False), *VIEWS]


class Check:
    """The lesson, who looks at it, and what has been shown so far."""

    def __init__(self, name, folder, reports):
        self.lesson, self.folder = VirtualClass(name), pathlib.Path(folder)
        self.board = Board(self.lesson, reports, "--students-may-drill", "standby,service-stop")
        self.bad = self.count = 0
        self.teacher, self.student = Browser(), Browser()

    @contextlib.contextmanager
    def shows(self, what, *allowed):
        """One line. What the browsers' consoles say meanwhile and is not allowed is a fault too."""
        begin, notes, problems = time.monotonic(), [], []
        try:
            yield notes
        except Exception as error:  # noqa: BLE001 - the next thing can be shown all the same
            problems.append(f"{type(error).__name__}: {error}"[:600])
        for who, browser in (("teacher", self.teacher), ("student", self.student)):
            problems += [f"{who}'s console: {line[:300]}" for line in browser.complaints(*allowed)]
        self.count += 1
        self.bad += bool(problems)
        note = f" ({', '.join(notes)})" if notes else ""
        print(f"{'BAD' if problems else 'ok '} {what}{note}  {time.monotonic() - begin:.1f} s", flush=True)
        for problem in problems:
            print(f"      {problem}", flush=True)

    def audit(self, browser, name, views=VIEWS):
        """axe and pictures of the page as it is."""
        with self.shows(f"axe finds nothing: {name}"):
            if found := browser.audit(name, self.folder, views):
                raise Missing("; ".join(found))

    def close(self):
        for browser in (self.teacher, self.student):
            browser.close()
        if self.board.process and self.board.process.poll() is None:
            self.board.end()


def come_in(check):
    teacher, student, board = check.teacher, check.student, check.board
    with check.shows("who has no code sees the way in and nothing else", " 401 ", " 404 "):
        teacher.open(board.base + "/")
        teacher.wait("the form", "document.querySelector('form[action=\"/enter\"]')")
        teacher.open(board.base + "/class")
        teacher.wait("a refusal", "document.querySelector('[data-problem]')")
    teacher.open(board.base + "/")
    check.audit(teacher, "entry")
    with check.shows("a wrong code opens nothing", " 403 "):
        teacher.open(board.base + "/#" + "0" * 26)
        teacher.wait("a refusal", "document.querySelector('[data-problem]')")
        if teacher.path == "/class":
            raise Missing("it did")
    check.audit(teacher, "entry-refused")
    with check.shows("the teacher comes in by his link, a student by his; the address keeps no code"):
        teacher.enter(board.base, board.codes["teacher"])
        student.enter(board.base, board.codes["students"]["etu1"])
        for browser, path in ((teacher, "/class"), (student, "/me")):
            if browser.path != path or "#" in browser.driver.current_url or browser.js("return document.cookie"):
                raise Missing(f"at {browser.driver.current_url}, cookies {browser.js('return document.cookie')!r}")
    check.audit(student, "student-before")
    with check.shows("the teacher has the whole class looked at, and the board fills in") as notes:
        teacher.js("window.marker = 1")
        teacher.click("form[action='/class/look']:not(:has([name=student])) button")
        teacher.wait("all five are seen", "document.querySelectorAll('table.heat [data-ago]').length === 5"
                     " && !document.querySelector('.lesson-bar')")
        student.wait("the student's report", "document.getElementById('c-Q1.netmask')")
        if teacher.js("return window.marker") != 1:
            raise Missing("the page was loaded anew")


def hand_over(check):
    """While nothing has been marked or drilled: a run beside it in another folder has the same to say."""
    board = check.board
    with check.shows("grade-all beside the board hands its request over; status, results and page as without") as notes:
        with tempfile.TemporaryDirectory(prefix="bascule-board-alone-") as alone:
            # The same runs before it, which the page compares with.
            shutil.copytree(board.reports / check.lesson.name, pathlib.Path(alone) / check.lesson.name, symlinks=True,
                            ignore=shutil.ignore_patterns("board"))
            ends = {}
            for reports in (board.reports, pathlib.Path(alone)):
                done = check.lesson.bascule("grade-all", board.roster, "--reports", reports, "--plain")
                run = (reports / check.lesson.name / "latest").resolve()
                ends[reports] = (done.returncode, board_check_ends.run_of(run))
            (status, handed), (other, by_itself) = ends.values()
            if status != other:
                raise Missing(f"status {status} and {other}: {done.stderr[-300:]}")
            for part in handed:
                if without_times(handed[part]) != without_times(by_itself[part]):
                    raise Missing(f"{part} is another")
        notes.append(f"status {status}")


def lesson(check):
    board = check.board
    board.start()
    come_in(check)
    hand_over(check)
    board_check_looks.break_and_repair(check)
    board_check_looks.hints(check)
    board_check_looks.answers_and_marks(check)
    board_check_looks.drill(check)
    for browser, name, path in [
        (check.teacher, "class", "/class"), (check.teacher, "projector", "/class/projector"),
        (check.teacher, "report", "/student/etu1"), (check.teacher, "report-off", "/student/etu5"),
        (check.teacher, "marking", "/class/marking"), (check.student, "student", "/me"),
        (check.student, "answers", "/me/answers?version=1"),
    ]:
        browser.open(board.base + path)
        check.audit(browser, name, PROJECTOR if name == "projector" else VIEWS)
    for browser, name in ((check.teacher, "problem-teacher"), (check.student, "problem-student")):
        browser.open(board.base + "/student/nobody")
        browser.complaints()
        check.audit(browser, name)
    board_check_looks.refused(check)
    board_check_ends.lost_and_found(check)
    board_check_ends.new_code(check)
    board_check_ends.languages(check)
    board.end()
    board_check_ends.exam(check)


def main(folder, name):
    shutil.rmtree(folder, ignore_errors=True)
    os.makedirs(folder)
    with tempfile.TemporaryDirectory(prefix="bascule-board-check-") as reports:
        check = Check(name, folder, reports)
        try:
            lesson(check)
        except Exception as error:  # noqa: BLE001 - what was shown until then is worth its last line
            check.bad += 1
            print(f"BAD ended early: {error!r}"[:600])
        finally:
            check.close()
    print(f"{check.count} things, {check.bad} bad; pictures in {folder}")
    return 1 if check.bad else 0


if __name__ == "__main__":
    name = os.environ.get("BOARD_CLASS", "board-check")
    if "--inside" not in sys.argv:
        for program in ("chromium", "chromedriver"):
            if not shutil.which(program):
                sys.exit(f"board-check: no {program} here: apt-get install chromium chromium-driver.")
        sys.exit(in_class(name, SITUATIONS, __file__, os.path.abspath(sys.argv[1])))
    sys.exit(main(sys.argv[1], name))
