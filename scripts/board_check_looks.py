"""What a lesson consists of: looks, hints, answers, marks, drills, a refused log-in. See scripts/board-check."""

import time

from board_browser import VIEWS
from board_lesson import Missing, wait_for

LOOK = "form[action='/me/look'] button[type=submit]"
# Keeps every "seen … ago" and every state that the page shows: what comes within one look comes with one new "seen".
WATCH = """
window.marker = 1; window.seen = []; window.states = [];
const note = () => {
  const at = document.querySelector('.ask-seen [data-ago]'), state = document.querySelector('.ask-state');
  if (at && !seen.includes(at.dataset.ago)) { seen.push(at.dataset.ago); }
  if (state && state.textContent.trim() && !states.includes(state.textContent)) { states.push(state.textContent); }
};
note(); new MutationObserver(note).observe(document.body, {subtree: true, childList: true, attributes: true,
  characterData: true});
"""
STATE = "(e => e && (e.classList.contains('check-met') ? 'met' : e.classList.contains('check-not-met') ? 'not met' : 0))" \
        "(document.getElementById('c-Q1.netmask'))"
# The class page's cell of a student and a question.
CELL = """(() => { const table = document.querySelector('table.heat');
const column = Array.from(table.rows[0].cells).findIndex(c => c.querySelector('abbr')?.textContent === arguments[1]);
const row = Array.from(table.rows).find(r => r.querySelector(`a[href="/student/${arguments[0]}"]`));
return row.cells[column].textContent; })()"""


def break_and_repair(check):
    teacher, student, lesson, board = check.teacher, check.student, check.lesson, check.board
    teacher.open(board.base + "/class")
    student.open(board.base + "/me")
    for page in (teacher, student):
        page.js("window.marker = 1")
    student.js(WATCH)
    # A fold that the student has opened.
    student.js("""document.querySelectorAll('details:has([id="c-Q1.address"])').forEach(d => d.open = true);
        document.getElementById('c-Q1.address').open = true""")
    before = teacher.js(f"return {CELL}", "etu1", "Q1")
    for word, mask, verdict, cell in (
        ("breaks", "16", "not met", lambda text: text != before), ("repairs", "24", "met", lambda text: text == before),
    ):
        with check.shows(f"a student {word} his pair and presses: both pages follow within that look, without a reload") \
                as notes:
            lesson.on("etu1/serv1", "crm", "resource", "param", "IPFailover", "set", "cidr_netmask", mask)
            wait_for(lambda: f"172.16.1.12/{mask}" in lesson.on("etu1/serv1", "ip", "address"), 60, f"the mask /{mask}")
            student.wait("the button can be pressed", f"!document.querySelector(\"{LOOK}\").disabled", seconds=120)
            # Where it is read, which is not at the head of the page: there what is new comes in above it.
            student.js("""scrollBy({behavior: 'instant',
                top: document.getElementById('c-Q1.address').getBoundingClientRect().top - 100})""")
            if student.js("return scrollY") == 0:
                raise Missing("a window that is too high for this: nothing is scrolled")
            top = student.js("return document.getElementById('c-Q1.address').getBoundingClientRect().top")
            looks = len(student.js("return seen"))
            begin = time.monotonic()
            # The driver's own click would scroll to the button first.
            student.js("document.querySelector(arguments[0]).click()", LOOK)
            student.wait(f"the netmask is {verdict}", f"{STATE} === arguments[0]", verdict)
            notes.append(f"student after {time.monotonic() - begin:.1f} s")
            wait_for(lambda: cell(teacher.js(f"return {CELL}", "etu1", "Q1")), 60, "the class page's cell")
            notes.append(f"teacher after {time.monotonic() - begin:.1f} s")
            if (new := len(student.js("return seen")) - looks) != 1:
                raise Missing(f"after {new} looks, and not one")
            if teacher.js("return window.marker") != 1 or student.js("return window.marker") != 1:
                raise Missing("a page was loaded anew")
            if not student.js("return document.getElementById('c-Q1.address').open"):
                raise Missing("the fold was closed")
            moved = student.js("return document.getElementById('c-Q1.address').getBoundingClientRect().top") - top
            if abs(moved) > 4:
                raise Missing(f"the fold moved by {moved:.0f} pixels")
            if not student.js("return states.length"):
                raise Missing("the page did not say that it was being looked at")
            if "Q1" not in student.js("return document.getElementById('changes-h').parentElement.textContent"):
                raise Missing("the change is not among the changes")
        with check.shows("asked for again too soon: refused, and the button waits", " 429 "):
            status = student.post("/me/look")
            if status != 429:
                raise Missing(f"status {status}")
            student.wait("the button waits", f"document.querySelector(\"{LOOK}\").matches('[disabled][data-enable]')")
    with check.shows("the teacher's page of the student has the changes"):
        teacher.open(board.base + "/student/etu1")
        if teacher.js(f"return {STATE}") != "met" or "Q1" not in teacher.js(
                "return document.getElementById('changes-h').parentElement.textContent"):
            raise Missing(teacher.text()[:400])


def hints(check):
    teacher, student, board = check.teacher, check.student, check.board
    teacher.open(board.base + "/class")
    student.open(board.base + "/me")
    count = "document.querySelectorAll('details.hint').length"
    with check.shows("the teacher opens and closes hints, and the student's page follows") as notes:
        found = {}
        for level in ("0", "1", "2", "3", "rubric"):
            teacher.click(f"form[action='/class/hints'] button[value='{level}']")
            teacher.wait("the level is marked",
                         f"document.querySelector(\"button[value='{level}']\").getAttribute('aria-pressed') === 'true'")
            if level == "0":
                student.wait("no hints", f"{count} === 0")
            else:
                student.wait(f"hints of level {level}", f"{count} !== arguments[0]" if level != "rubric" else f"{count} > 0",
                             max(found.values()))
            found[level] = student.js(f"return {count}")
        notes.append(", ".join(f"{level}: {number}" for level, number in found.items()))
        if not found["0"] < found["1"] < found["2"] < found["3"]:
            raise Missing("levels do not build on one another")


def answers_and_marks(check):
    teacher, student, lesson, board = check.teacher, check.student, check.lesson, check.board
    answers = board.base + "/me/answers"
    with check.shows("a half-written answer outlives a round over the class, and is not left by a click"):
        student.open(answers)
        student.fill("textarea[name=Q2]", "Sur serv1, à moitié é")
        last = board.record("etu1")["result"]["collectedAt"]
        teacher.click("form[action='/class/look']:not(:has([name=student])) button")
        wait_for(lambda: board.record("etu1")["result"]["collectedAt"] != last, 90, "the round")
        if student.js("return document.querySelector('textarea[name=Q2]').value") != "Sur serv1, à moitié é":
            raise Missing("it is gone")
        if not student.js("const e = new Event('beforeunload', {cancelable: true});"
                          "window.dispatchEvent(e); return e.defaultPrevented"):
            raise Missing("the browser does not ask before it leaves")
    # The driver has no hand: Chromium does not ask whoever has never touched the page.
    with check.shows("answers are saved, each time as a version that can be read", "beforeunload"):
        for number, text in enumerate(["Sur serv1 : la première <version>\nde deux lignes", "Sur serv1, parce que…"], 1):
            student.open(answers)
            student.fill("textarea[name=Q2]", text)
            student.click("form[action='/me/answers'] button[type=submit]")
            student.wait("saved", "document.querySelector('.form-done')")
            student.wait(f"version {number}", f"document.querySelector('a[href*=\"version={number}\"]')")
        if student.js("return document.querySelector('textarea[name=Q2]').value") != "Sur serv1, parce que…":
            raise Missing("the form holds another")
        student.open(answers + "?version=1")
        if "la première <version>" not in student.js("return document.getElementById('shown').textContent"):
            raise Missing("the first version is not shown")
    with check.shows("the teacher marks that answer beside another half-filled form; the student sees the points"):
        student.open(board.base + "/me")
        before = student.js("return document.getElementById('c-Q2').querySelector('.points').textContent")
        student.js("window.marker = 1")
        teacher.open(board.base + "/class/marking")
        form = ":has([name=student][value=%s]):has([name=check][value='Q2.written']):has([name=comment]:not([type=hidden]))"
        mine, other = (f"form[action^='/class/marking']{form % who}" for who in ("etu1", "etu2"))
        teacher.fill(f"{other} [name=comment]", "à moitié")
        teacher.fill(f"{mine} [name=points]", "0,25")
        teacher.fill(f"{mine} [name=comment]", "Et pourquoi ?")
        teacher.click(f"{mine} button")
        teacher.wait("marked", f"document.querySelector(\"{mine}\").closest('article').matches('.is-marked')")
        if teacher.js(f"return document.querySelector(\"{other} [name=comment]\").value") != "à moitié":
            raise Missing("the other form's comment is gone")
        student.wait("the points", "document.getElementById('c-Q2').querySelector('.points').textContent !== arguments[0]",
                     before)
        student.wait("the comment", "document.body.textContent.includes('Et pourquoi ?')", seconds=5)
        if student.js("return window.marker") != 1:
            raise Missing("the page was loaded anew")
    with check.shows("`mark` in a terminal works beside the board, and its points appear"):
        points = "document.getElementById('c-Q6').querySelector('.points').textContent"
        before = student.js(f"return {points}")
        done = lesson.bascule("mark", "--class", lesson.name, "--student", "etu1", "Q6.written", "0.25", "--reports", board.reports)
        if done.returncode:
            raise Missing(done.stderr)
        student.wait("the points", f"{points} !== arguments[0]", before)


def drill(check):
    """The length of the time line is in its description, and in the last box of the drawing."""
    teacher, student, board = check.teacher, check.student, check.board
    drawn = "(s => s.length ? s.length + ':' + s[s.length - 1].getAttribute('width') : '')" \
            "(document.querySelectorAll('.drill-now svg.timeline rect.span, .drill-now figure svg rect.span'))"
    student.open(board.base + "/me")
    teacher.open(board.base + "/student/etu1")
    with check.shows("a student's drill on his own pair: the time line grows while it runs") as notes:
        form = "form[action='/me/drill']:has([value='service-stop'])"
        student.wait("the pause since the last look is over", f"!document.querySelector(\"{LOOK}\").disabled", seconds=120)
        last = board.record("etu1")["result"]["collectedAt"]
        student.click(f"{form} [name=sure]")
        student.click(f"{form} button")
        student.wait("the drill is on the page", "document.querySelector('.drill-now')", seconds=180)
        teacher.wait("and on the teacher's", "document.querySelector('.drill-now')")
        states, deadline = [], time.monotonic() + 300
        while time.monotonic() < deadline and len(states) < 4:
            state = student.js(f"return {drawn}")
            if state and state not in states:
                states.append(state)
            time.sleep(0.2)
        if len(states) < 4:
            raise Missing(f"the drawing did not grow: {states}")
        check.audits = student.audit("drill", check.folder, VIEWS) + teacher.audit("drill-teacher", check.folder, VIEWS)
        student.wait("the drill's end", "!document.querySelector('.drill-now')", seconds=300)
        wait_for(lambda: board.record("etu1")["result"]["collectedAt"] != last, 60, "its result")
        drills = board.record("etu1")["result"].get("drills") or []
        notes.append(f"{len(drills)} drill kept")
        if not drills:
            raise Missing("no drill is kept with the look")
        student.wait("its drawing in the report", "document.querySelector('main svg[class*=timeline]')")
        if check.audits:
            raise Missing("; ".join(check.audits))


def refused(check):
    """etu3's sshd no longer knows the key; what it counts is in its journal."""
    teacher, student, lesson, board = check.teacher, check.student, check.lesson, check.board

    def attempts():
        log = lesson.on("etu3/serv1", "journalctl", "-u", "ssh", "--no-pager", "-q")
        return sum("authenticating user" in line or "Failed " in line for line in log.splitlines())

    with check.shows("a refused log-in is not tried again until somebody says that it was mended", " 409 ") as notes:
        student.enter(board.base, board.codes["students"]["etu3"])
        lesson.on("etu3/serv1", "mv", "/root/.ssh/authorized_keys", "/root/.ssh/aside")
        before = attempts()
        student.click(LOOK)
        student.wait("the refusal is said", "document.querySelector('form[action=\"/me/look\"] [name=mended]')")
        student.wait("asking is possible", f"!document.querySelector(\"{LOOK}\").disabled", seconds=120)
        wait_for(lambda: attempts() > before, 30, "the machine has counted it")
        counted = attempts()
        if (status := student.post("/me/look")) != 409:
            raise Missing(f"status {status}")
        teacher.open(board.base + "/class")
        last = board.record("etu1")["result"]["collectedAt"]
        teacher.click("form[action='/class/look']:not(:has([name=student])) button")
        wait_for(lambda: board.record("etu1")["result"]["collectedAt"] != last, 90, "the round")
        teacher.wait("the round's end", "!document.querySelector('.lesson-bar')")
        if attempts() != counted:
            raise Missing(f"{attempts() - counted} more attempts")
        notes.append(f"{counted - before} attempt counted, none more after a request and a round")
    check.audit(student, "refused")
    teacher.open(board.base + "/class")
    check.audit(teacher, "class-refused")
    with check.shows("said to be mended, it is tried again"):
        lesson.on("etu3/serv1", "mv", "/root/.ssh/aside", "/root/.ssh/authorized_keys")
        student.click("form[action='/me/look'] [name=mended]")
        student.click(LOOK)
        student.wait("the report is there again", "document.getElementById('c-Q1.netmask')"
                     " && !document.querySelector('form[action=\"/me/look\"] [name=mended]')")
