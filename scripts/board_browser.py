"""A real browser on the board's pages: Debian's chromium by its chromium-driver. See scripts/board-check."""

import base64
import json
import pathlib
import re
import shutil

import axe_core_python
from selenium import webdriver
from selenium.common.exceptions import JavascriptException, WebDriverException
from selenium.webdriver.chrome.service import Service

from board_lesson import Missing, wait_for

AXE = next(pathlib.Path(axe_core_python.__file__).parent.rglob("axe.min.js")).read_text("utf-8")
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]
# Name, width, height, dark.
VIEWS = [("wide", 1280, 900, False), ("dark", 1280, 900, True), ("phone", 390, 844, False),
         ("phone-dark", 390, 844, True)]


class Browser:
    def __init__(self, language="fr"):
        options = webdriver.ChromeOptions()
        options.binary_location = shutil.which("chromium")
        for word in ["--headless=new", "--no-sandbox", "--disable-gpu", "--disable-extensions", "--no-first-run",
                     "--disable-background-networking", "--disable-component-update", "--disable-sync",
                     "--disable-default-apps", "--disable-dev-shm-usage", "--window-size=1280,900"]:
            options.add_argument(word)
        options.add_experimental_option("prefs", {"intl.accept_languages": language})
        options.set_capability("goog:loggingPrefs", {"browser": "ALL"})
        # By itself a driver would wave an unsaved answer through.
        options.unhandled_prompt_behavior = "accept"
        self.driver = webdriver.Chrome(options, Service(shutil.which("chromedriver")))
        self.driver.set_script_timeout(60)
        self.driver.set_page_load_timeout(60)
        self.view(*VIEWS[0][1:])

    def close(self):
        self.driver.quit()

    def js(self, script, *words):
        return self.driver.execute_script(script, *words)

    def open(self, address):
        self.driver.get(address)

    @property
    def path(self):
        return self.js("return location.pathname")

    def wait(self, what, script, *words, seconds=90):
        """What the expression comes to when it is true at last. A page may be on its way meanwhile."""
        def look():
            try:
                return self.js(f"return {script}", *words)
            except (JavascriptException, WebDriverException):
                return None
        try:
            return wait_for(look, seconds, what)
        except Missing as missing:
            raise Missing(f"{missing} ({self.driver.current_url}: {self.text()[:300]!r})") from None

    def text(self):
        return re.sub(r"\s+", " ", self.js("return document.body ? document.body.innerText : ''"))

    def enter(self, base, code):
        """By a link, as on a card."""
        self.driver.delete_all_cookies()
        self.open("about:blank")
        self.open(f"{base}/#{code}")
        self.wait("the page behind the link", "location.pathname === '/class' || location.pathname === '/me'")

    def click(self, selector):
        self.wait(f"{selector} can be pressed",
                  "(e => e && !e.disabled)(document.querySelector(arguments[0]))", selector)
        self.js("document.querySelector(arguments[0]).click()", selector)

    def fill(self, selector, text):
        """As typing does: the page is told."""
        self.wait(selector, "document.querySelector(arguments[0])", selector)
        self.js("const e = document.querySelector(arguments[0]); e.value = arguments[1];"
                "e.dispatchEvent(new Event('input', {bubbles: true}))", selector, text)

    def post(self, path, **fields):
        """What a form of the page would send; the answer's status."""
        return self.driver.execute_async_script(
            "const done = arguments[2], data = new URLSearchParams(arguments[1]);"
            "data.append('token', document.querySelector('[name=token]').value);"
            "fetch(arguments[0], {method: 'POST', body: data}).then(a => done(a.status), e => done(String(e)))",
            path, fields)

    def view(self, width, height, dark):
        self.driver.execute_cdp_cmd("Emulation.setDeviceMetricsOverride", {
            "width": width, "height": height, "deviceScaleFactor": 1, "mobile": width < 600})
        self.driver.execute_cdp_cmd("Emulation.setEmulatedMedia", {
            "features": [{"name": "prefers-color-scheme", "value": "dark" if dark else "light"}]})

    def picture(self, file):
        size = self.driver.execute_cdp_cmd("Page.getLayoutMetrics", {})["cssContentSize"]
        clip = {"x": 0, "y": 0, "width": size["width"], "height": min(size["height"], 8000), "scale": 1}
        # The first has what is below the window drawn; not all of it is drawn in time to be in it.
        for _ in range(2):
            shot = self.driver.execute_cdp_cmd("Page.captureScreenshot", {"captureBeyondViewport": True, "clip": clip})
        pathlib.Path(file).write_bytes(base64.b64decode(shot["data"]))

    def audit(self, name, folder, views=VIEWS):
        """axe's violations and what is wider than the screen, view by view; a picture of each."""
        found = []
        for view, width, height, dark in views:
            self.view(width, height, dark)
            # The page's policy holds for the page: what the driver runs is not of it.
            if not self.js("return window.axe !== undefined"):
                self.js(AXE)
            result = self.driver.execute_async_script(
                "const done = arguments[1]; axe.run(document, {runOnly: arguments[0], resultTypes: ['violations']})"
                ".then(r => done(r.violations.map(v => v.id + ': ' + v.nodes.slice(0, 2).map(n => n.html.slice(0, 140))"
                ".join(' | '))), e => done([String(e)]))", RULES)
            if self.js("return document.documentElement.scrollWidth > innerWidth + 1"):
                result.append("wider than the screen")
            result += self.js("""return Array.from(document.querySelectorAll('td button, td input')).filter(e => {
                const cell = e.closest('td').getBoundingClientRect(), own = e.getBoundingClientRect();
                return own.width && (own.right > cell.right + 1 || own.left < cell.left - 1);
                }).slice(0, 2).map(e => 'sticks out of its cell: ' + e.closest('tr').textContent.trim().slice(0, 60))""")
            found += [f"{name} ({view}): {line}" for line in result]
            self.picture(pathlib.Path(folder) / f"{name}-{view}.png")
        self.view(*VIEWS[0][1:])
        return found

    def complaints(self, *allowed):
        """What the browser's console has said since, but what was meant to be."""
        lines = [json.dumps(entry["message"]) for entry in self.driver.get_log("browser")]
        return [line for line in lines if not any(re.search(pattern, line) for pattern in allowed)]
