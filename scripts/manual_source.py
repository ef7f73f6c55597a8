"""The manual's pages in one language, as Sphinx is given them: what stands in the other is taken out, links lead to this one's."""

import pathlib
import re

ROOT = pathlib.Path(__file__).resolve().parent.parent
# English name: French name. Both are the same page.
TWINS = {"teacher.md": "enseignant.md", "student.md": "etudiant.md"}
HALVES = {"fr": "## Français", "en": "## English"}
WORDS = {"fr": ("English", "en", "En anglais"), "en": ("Français", "fr", "")}
LINK = re.compile(r"(?<!!)\[([^\]]*)\]\(([^)\s]+)\)")


def sources():
    """Every page's file, by its name in the manual."""
    pages = {path.name: path for path in sorted((ROOT / "docs").glob("*.md"))}
    pages["contributing.md"] = ROOT / "CONTRIBUTING.md"
    for folder in sorted((ROOT / "exercises").iterdir()):
        if (folder / "README.md").exists():
            pages[f"exercise-{folder.name}.md"] = folder / "README.md"
    return pages


def is_of(language, name):
    other = TWINS if language == "fr" else TWINS.values()
    return name not in other


def fences(text):
    """Fences as Sphinx reads them: with a language that Pygments has, whose lexer may be content with less."""
    lines, is_open = [], False
    for line in text.splitlines():
        found = re.match(r"^( *)```(\S*)", line)
        if not found:
            lines.append(line)
            continue
        is_open = not is_open
        language = {"": "text", "csv": "text", "mustache": "text"}.get(found[2], found[2])
        lines += [f"{found[1]}```{{code-block}} {language}", f"{found[1]}:force:", ""] if is_open else [line]
    return "\n".join(lines) + "\n"


class Manual:
    def __init__(self, language):
        self.language = language
        self.pages = {name: path for name, path in sources().items() if is_of(language, name)}
        self.names = {path.resolve(): name for name, path in sources().items()}

    def write(self, folder):
        folder.mkdir(parents=True)
        texts = {name: self.page(name, path) for name, path in self.pages.items()}
        texts["index.md"] += self.contents(texts["index.md"])
        for name, text in texts.items():
            (folder / name).write_text(text, "utf-8")

    def page(self, name, path):
        own = path
        # An exercise's statement may have a French one beside it.
        if self.language == "fr" and (path.parent / "README.fr.md").exists() and name.startswith("exercise-"):
            own = path.parent / "README.fr.md"
        text = own.read_text("utf-8")
        text = re.sub(r"<!--.*?-->\n?", "", text, flags=re.S)
        text, has_both = self.half(text)
        text = fences(re.sub(r"```mermaid\n.*?```\n", self.undrawn(), text, flags=re.S))
        text = self.relinked(text, own)
        other = name if has_both else self.twin(name)
        return self.switch(other) + text if other else text

    def half(self, text):
        """This language's half of a page that has both, one level up, under its own title."""
        parts = re.split(r"^(## (?:Français|English))\n", text, flags=re.M)
        if len(parts) != 5:
            return re.sub(r"^\[(?:In English|En français)\]\([^)]*\)\n\n?", "", text, flags=re.M), False
        title = re.match(r"# (.*)", parts[0])[1].split(" · ")
        body = parts[parts.index(HALVES[self.language]) + 1]
        own = title[0 if self.language == "fr" else -1]
        return f"# {own}\n" + re.sub(r"^##(#+ )", r"#\1", body, flags=re.M), True

    def undrawn(self):
        return "(Where Mermaid is drawn, as on a forge, a graph stands here; the table below says the same.)\n"

    def twin(self, name):
        return TWINS.get(name) or {french: english for english, french in TWINS.items()}.get(name)

    def switch(self, name):
        words, language, _ = WORDS[self.language]
        page = name.removesuffix(".md")
        return f'<p class="other-language"><a hreflang="{language}" href="../{language}/{page}.html">{words}</a></p>\n\n'

    def relinked(self, text, own):
        def lead(found):
            words, link = found.groups()
            if re.match(r"[a-z]+:|#", link):
                return found[0]
            file, _, anchor = link.partition("#")
            target = (own.parent / file).resolve()
            name = self.names.get(target)
            if name is None and target.name == "README.md" and target.parent == ROOT:
                name = "index.md"
            if name is None and target.is_relative_to(ROOT / "docs"):
                return f"[{words}]({target.relative_to(ROOT / 'docs')})"
            if name is None:
                # In the repository alone.
                return words
            if not is_of(self.language, name):
                name, anchor = self.twin(name), ""
            if anchor in ("français", "english"):
                anchor = ""
            return f"[{words}]({name}{'#' + anchor if anchor else ''})"

        parts = re.split(r"(^```.*?^```|`[^`\n]*`)", text, flags=re.S | re.M)
        return "".join(part if index % 2 else LINK.sub(lead, part) for index, part in enumerate(parts))

    def contents(self, text):
        """Every page that the index leads to, by the index's headings, for the side of each page."""
        groups, seen = {}, set()
        heading = ""
        for line in text.splitlines():
            if line.startswith("## "):
                heading = line[3:]
            if line.startswith(WORDS["fr"][2]):
                heading = WORDS["fr"][2]
            for words, link in LINK.findall(line):
                name = link.split("#")[0]
                if name in self.pages and name not in seen:
                    seen.add(name)
                    groups.setdefault(heading, []).append((words, name))
        more = [name for name in self.pages if name not in seen and name != "index.md"]
        groups.setdefault("Les TP fournis" if self.language == "fr" else "The labs that come with it", []).extend(("", name) for name in more)
        lines = []
        for caption, pages in groups.items():
            lines += ["", "```{toctree}", ":hidden:", f":caption: {caption}", ""]
            lines += [f"{words[0].upper() + words[1:]} <{name.removesuffix('.md')}>" if words else name.removesuffix(".md") for words, name in pages]
            lines += ["```"]
        return "\n".join(lines) + "\n"
