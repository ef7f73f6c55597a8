"""Ends and beginnings: a board that goes and comes, codes, languages, an exam. See scripts/board-check."""

import json
import re

from board_browser import Browser
from board_lesson import Board, Missing, wait_for

GONE = ("ERR_CONNECTION", "ERR_INCOMPLETE", "ERR_EMPTY", "Failed to fetch", "net::ERR")


def run_of(folder):
    """What a run has to say, but for when it was: its page and its results."""
    page = (folder / "index.html").read_text()
    page = re.sub(r"\d{4}-\d\d-\d\dT\d{6}Z|\d{4}-\d\d-\d\dT[\d:]+Z|\d\d/\d\d/\d{4}|\d{1,2}[:\u00a0 ]*h?[\u00a0 ]*\d\d ?UTC", "T", page)
    page = re.sub(r"\d+(,\d+)?\u00a0s\b", "S", page)
    parts = {"index.html": page}
    for file in sorted(folder.glob("students/*/result.json")):
        parts[file.parent.name] = json.loads(file.read_text())
    return parts


def lost_and_found(check):
    teacher, student, board = check.teacher, check.student, check.board
    student.enter(board.base, board.codes["students"]["etu1"])
    teacher.open(board.base + "/class")
    for page in (teacher, student):
        page.js("window.marker = 1")
    banner = "document.querySelector('[data-lost]').textContent"
    with check.shows("the board ends: both pages say since when there is no news", *GONE) as notes:
        status = board.end()
        notes.append(f"status {status}")
        for page in (teacher, student):
            page.wait("the banner", f"/Plus de nouvelles depuis|No news since/.test({banner})")
    check.lost = [*teacher.audit("class-lost", check.folder), *student.audit("student-lost", check.folder)]
    with check.shows("it begins again: both find it by themselves, the cookies are good, the last results are there", *GONE):
        kept = board.record("etu1")["result"]["collectedAt"]
        board.start()
        for page in (teacher, student):
            page.wait("no banner", f"{banner} === ''")
            if page.js("return window.marker") != 1:
                raise Missing("a page was loaded anew")
        if board.record("etu1")["result"]["collectedAt"] != kept:
            raise Missing("another result")
        if check.lost:
            raise Missing("; ".join(check.lost))
    with check.shows("and live as before", *GONE):
        seen = student.js("return document.querySelector('.ask-seen [data-ago]').dataset.ago")
        teacher.click("form[action='/class/look']:has([name=student][value=etu1]) button")
        student.wait("the look", "document.querySelector('.ask-seen [data-ago]').dataset.ago !== arguments[0]", seen)
        if student.js("return window.marker") != 1:
            raise Missing("the page was loaded anew")
    with check.shows("an answer sent while the board is gone is still in the form afterwards", *GONE):
        student.open(board.base + "/me/answers")
        student.fill("textarea[name=Q7]", "écrit pendant la panne")
        board.end()
        student.click("form[action='/me/answers'] button[type=submit]")
        student.wait("the failure is said", "document.querySelector('[data-alert]').textContent")
        board.start()
        if student.js("return document.querySelector('textarea[name=Q7]').value") != "écrit pendant la panne":
            raise Missing("it is gone")
        student.click("form[action='/me/answers'] button[type=submit]")
        student.wait("saved", "document.querySelector('.form-done')")


def new_code(check):
    student, board = check.student, check.board
    with check.shows("--new-code: the old page is out, the old link opens nothing, the new one does", " 401 ", " 403 "):
        old = board.codes["students"]["etu1"]
        student.enter(board.base, old)
        student.js("window.marker = 1")
        done = check.lesson.bascule("board", board.roster, "--reports", board.reports, "--new-code", "etu1")
        if done.returncode or board.codes["students"]["etu1"] == old:
            raise Missing(done.stderr)
        student.wait("the way in", "document.querySelector('form[action=\"/enter\"]')")
        student.open("about:blank")
        student.open(f"{board.base}/#{old}")
        student.wait("a refusal", "document.querySelector('[data-problem]')")
        student.enter(board.base, board.codes["students"]["etu1"])


def languages(check):
    board = check.board
    with check.shows("French and English by what the browser asks for"):
        for asked, language, word in (("fr", "fr", "Vérifier maintenant"), ("en-GB", "en", "Check now"),
                                      ("de,en;q=0.5,fr;q=0.2", "en", "Check now"), ("de", "fr", "Vérifier maintenant")):
            browser = Browser(asked)
            try:
                browser.enter(board.base, board.codes["students"]["etu4"])
                if browser.js("return document.documentElement.lang") != language or word not in browser.text():
                    raise Missing(f"{asked}: {browser.text()[:200]}")
                if asked == "en-GB":
                    found = browser.audit("student-en", check.folder)
                    if found:
                        raise Missing("; ".join(found))
            finally:
                browser.close()


def exam(check):
    """The same class, as an exam, from a folder of its own."""
    teacher, student, lesson = check.teacher, check.student, check.lesson
    roster = lesson.roster.with_name("exam.yaml")
    roster.write_text(lesson.roster.read_text().replace("\ndefaults:", "\nexam: true\ndefaults:", 1))
    board = check.board = Board(lesson, check.board.reports / "exam", "--students-may-drill", "standby", "--every", "30s",
                                roster=roster)
    board.start()
    with check.shows("in an exam a student sees whether he can be reached, and nothing else", " 401 ", " 403 ",
                     *GONE) as notes:
        teacher.enter(board.base, board.codes["teacher"])
        student.enter(board.base, board.codes["students"]["etu4"])
        teacher.wait("a round came by itself", "document.querySelectorAll('table.heat [data-ago]').length === 5")
        student.click("form[action='/me/look'] button[type=submit]")
        student.wait("both machines are reached", "document.querySelectorAll('.reach li .mark-met').length === 2")
        source = student.js("return document.documentElement.outerHTML")
        if found := re.findall(r"\bQ\d+\b|netmask|masque|IPFailover|/ 20|points", source):
            raise Missing(f"it says {sorted(set(found))}")
        for path in ("/me/answers", "/me/drill"):
            status = student.driver.execute_async_script(
                "fetch(arguments[0]).then(a => arguments[1](a.status))", path) if path == "/me/answers" \
                else student.post(path, kind="standby", sure="yes")
            if status != 403:
                raise Missing(f"{path}: status {status}")
        notes.append("a round every 30 s beside it")
    check.audit(student, "exam")
    check.audit(teacher, "exam-class")
    with check.shows("an unreachable machine is said in an exam"):
        student.enter(board.base, board.codes["students"]["etu5"])
        student.wait("both are not", "document.querySelectorAll('.reach li .mark-not-met').length === 2")
