"""What a real browser makes of Bascule's pages. See scripts/browser-check."""

import concurrent.futures
import html
import json
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile

import axe_core_python

AXE = next(pathlib.Path(axe_core_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")
CHROMIUM = next((p for n in ("chromium", "chromium-browser", "google-chrome") if (p := shutil.which(n))), None)
POLICY = re.compile(r'<meta http-equiv="Content-Security-Policy"[^>]*/>')

# Put before everything else into a copy of the page without its policy: whatever runs leaves a trace.
TRAP = """<script>
window.alert = window.confirm = window.prompt = function (x) {
  document.documentElement.setAttribute("data-ran", String(x));
};
</script>"""

# Looks at what the HTML parser made of the page, touches every element, and reports.
AUDIT = """<script>
window.addEventListener("load", function () {
  setTimeout(function () {
    var all = Array.from(document.querySelectorAll("*"));
    ["mouseover", "focus", "error", "load", "toggle", "pointerenter", "animationstart"].forEach(function (name) {
      all.forEach(function (e) { e.dispatchEvent(new Event(name)); });
    });
    var report = {
      ran: document.documentElement.getAttribute("data-ran"),
      handlers: all.filter(function (e) {
        return Array.from(e.attributes).some(function (a) { return /^on/i.test(a.name); });
      }).length,
      elements: Array.from(new Set(all.map(function (e) { return e.localName; }))).sort(),
      scripts: document.querySelectorAll("script:not([data-check])").length,
      links: Array.from(new Set(all.flatMap(function (e) {
        return ["href", "src", "action", "data"].map(function (n) { return e.getAttribute(n); })
          .filter(function (v) { return v !== null; });
      }).map(function (v) { return /^[a-z][a-z0-9+.-]*:/i.test(v) ? v.split(":")[0] : "relative"; }))),
      milliseconds: performance.getEntriesByType("navigation")[0].loadEventEnd,
      overflows: document.documentElement.scrollWidth > window.innerWidth + 1
    };
    function done(violations) {
      report.violations = violations;
      var out = document.createElement("pre");
      out.id = "browser-check";
      out.textContent = JSON.stringify(report);
      document.body.appendChild(out);
    }
    if (!window.axe) { return done([]); }
    axe.run(document, {
      runOnly: ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"],
      resultTypes: ["violations"]
    }).then(function (result) {
      done(result.violations.map(function (v) {
        return v.id + " (" + v.impact + "): " + v.nodes.slice(0, 2).map(function (n) { return n.html.slice(0, 160); }).join(" | ");
      }));
    });
  }, 50);
});
</script>"""


def browse(page, *, width=1200, dark=False, with_axe=False, keep_policy=False):
    """Loads a page; what it reports, and the addresses that it asked for."""
    text = page.read_text("utf-8")
    # What a board serves beside its pages is beside them here; there is no board to hear from.
    beside = [page.with_name(n) for n in ("board.css", "board.js") if f'"/{n}"' in text]
    for file in beside:
        text = text.replace(f'"/{file.name}"', f'"{file.name}"')
    text = re.sub(r' data-events="[^"]*"', "", text)
    probe = AUDIT.replace("<script>", '<script data-check="1">')
    with tempfile.TemporaryDirectory() as folder:
        folder = pathlib.Path(folder)
        copy = folder / "page.html"
        for file in beside:
            shutil.copy(file, folder)
        if keep_policy:
            copy.write_text(text, "utf-8")
        else:
            text = POLICY.sub("", text, count=1)
            axe = f'<script data-check="1">{AXE}</script>' if with_axe else ""
            trap = TRAP.replace("<script>", '<script data-check="1">')
            copy.write_text(text.replace("<head>", "<head>" + trap, 1).replace("</body>", axe + probe + "</body>"), "utf-8")
        command = [
            CHROMIUM, "--headless=new", "--no-sandbox", "--disable-gpu", "--disable-extensions",
            "--disable-background-networking", "--disable-component-update", "--no-first-run",
            f"--user-data-dir={folder}/profile", f"--window-size={width},1200", "--virtual-time-budget=60000",
            f"--log-net-log={folder}/net.json", "--enable-logging=stderr", "--dump-dom", copy.as_uri(),
        ]
        if dark:
            command.insert(1, "--blink-settings=preferredColorScheme=0")
        done = subprocess.run(command, capture_output=True, timeout=240, check=True)
        match = re.search(r'<pre id="browser-check">(.*?)</pre>', done.stdout.decode("utf-8", "replace"), re.S)
        report = json.loads(html.unescape(match.group(1))) if match else {}
        refused = [l for l in done.stderr.decode("utf-8", "replace").splitlines() if "Content Security Policy" in l]
        net = (folder / "net.json").read_text("utf-8", "replace")
        asked = sorted({u for u in re.findall(r'"url":"(https?://[^"]+)"', net) if "evil" in u or "example" in u})
        return report, refused, asked


def main(folder):
    if CHROMIUM is None:
        sys.exit("browser-check: no chromium here: install it (apt-get install chromium).")
    pages = sorted(p for p in pathlib.Path(folder).rglob("*.html"))
    if not pages:
        sys.exit(f"browser-check: no pages in {folder}.")
    problems = []

    # A check that cannot fail proves nothing: this page is what an escaping with a hole would make.
    control = pathlib.Path(folder) / "control.htm"
    control.write_text('<html><head></head><body><p>x</p><img src="x" onerror="alert(1)"></body></html>', "utf-8")
    report, _, _ = browse(control, with_axe=True)
    control.unlink()
    if report.get("ran") != "1" or report.get("handlers") != 1 or not report.get("violations"):
        sys.exit(f"browser-check: the check does not see what it should: {report}")

    def look(page):
        found = []
        name = str(page.relative_to(folder))
        is_board = page.parent.name == "board"
        has_script = not page.name.startswith("cards") if is_board else name.startswith(("class", "projector", "index"))
        report, _, asked = browse(page)
        if not report:
            return [f"{name}: the browser did not get to its end"], name, None
        if report["ran"] is not None:
            found.append(f"{name}: foreign script ran: {report['ran']}")
        if report["handlers"] or report["scripts"] != (1 if has_script else 0):
            found.append(f"{name}: {report['handlers']} handlers, {report['scripts']} scripts")
        strange = {"iframe", "object", "embed", "form", "input", "base", "video", "audio"} & set(report["elements"])
        if is_board:
            strange -= {"form", "input"}
        if strange:
            found.append(f"{name}: {sorted(strange)}")
        if set(report["links"]) - {"relative", "data"}:
            found.append(f"{name}: links to {report['links']}")
        if asked:
            found.append(f"{name}: asked for {asked}")
        # The shortest of a few: a machine that is busy otherwise makes any page slow.
        time = report["milliseconds"]
        for _ in range(4):
            if time > 1000:
                time = min(time, browse(page)[0].get("milliseconds", time))
        if time > 1000:
            found.append(f"{name}: {time:.0f} ms to load")
        # A board's policy is a header.
        _, refused, asked = browse(page, keep_policy=True) if not is_board else (None, [], [])
        found += [f"{name}: refused by its own policy: {line[:200]}" for line in refused]
        if asked:
            found.append(f"{name}: asked for {asked}")
        if not name.startswith("class500"):
            for width, dark in [(1200, False), (1200, True), (390, False)]:
                report, _, _ = browse(page, width=width, dark=dark, with_axe=True)
                where = f"{name} ({width} px{', dark' if dark else ''})"
                if "violations" not in report:
                    found.append(f"{where}: axe did not get to its end")
                found += [f"{where}: {v}" for v in report.get("violations", [])]
                if report.get("overflows"):
                    found.append(f"{where}: wider than the screen")
        return found, name, time

    with concurrent.futures.ThreadPoolExecutor(2) as pool:
        for found, name, time in pool.map(look, pages):
            size = (pathlib.Path(folder) / name).stat().st_size if (pathlib.Path(folder) / name).exists() else 0
            shown = f"{time:.0f} ms" if time is not None else "-"
            print(f"{'ok ' if not found else 'BAD'} {name}  {size // 1000} kB  {shown}", flush=True)
            problems += found
    for problem in problems:
        print(problem)
    print(f"{len(pages)} pages, {len(problems)} problems")
    sys.exit(1 if problems else 0)


if __name__ == "__main__":
    main(sys.argv[1])
