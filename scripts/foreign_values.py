#!/usr/bin/env python3
"""Refuses what ends the program, or never ends, on a value from outside, unless a reason stands beside it.

    scripts/foreign_values.py [FILE or FOLDER ...]    default: Sources without lab-matrix, a maintainer's tool
    scripts/foreign_values.py --list [...]            every place that has a reason, with it
    scripts/foreign_values.py --self-test             tries the rules on what they are to find and to leave alone

What a student's machine, a file or a server says is anything. What is looked for, and the forms that need no reason:

- pattern: a regular expression, which may go over the same bytes again and again; `LineScanner` reads each once.
- conversion: `Int(x)` and its kin, which trap where x does not fit. Without a reason: of a text (the result is an
  optional and is used as one), of a literal or a C constant, of a `.count`, of a byte masked to fit, and with
  `exactly:`, `clamping:`, `saturating:`, `truncatingIfNeeded:`, `bitPattern:`.
- duration: `.seconds(x)` and its kin of a fraction, which trap beyond 2^127 attoseconds; of whole numbers they do not.
- components: a duration's, which trap beyond 2^63 s; `wholeSeconds` and its kin do not.
- keys: `Dictionary(uniqueKeysWithValues:)`, which traps where a key is there twice.
- setter: `percentEncodedQuery = x` and its kin, which trap on what is not encoded.
- shift: by what is no literal: beyond the width nothing is left, and nothing says so.
- subscript: of a list, by a number or with arithmetic, where its count, its indices or its end is not asked about in the
  lines above; where bytes from outside are read.
- overflow: `+`, `-`, `*` with a number that was just read from a text and not held against a bound.
- length: `prefix(a - b)` and its kin, which trap below 0.
- range: `a...b` of two values that are not held against one another in the lines above.

A reason is one comment, behind the code or on the line above, that says why it can neither trap nor go on for ever:

    let octet = UInt8(rest)  // bounded: a remainder of 256

Exit status 1 where a place has none, or a reason stands where nothing needs one any more.
"""
import pathlib
import re
import sys

ROOT = pathlib.Path(__file__).resolve().parent.parent
REASON = re.compile(r"//\s*bounded: (\S.*)")
# What reads nothing from outside itself.
SHOWING = {"Reports", "VirtualClass", "bascule"}
# How far above a place its guard may stand.
ABOVE = 24

PATTERN = re.compile(
    r"\uE000|\bRegex\s*[({]|\bNSRegularExpression\b|\.regularExpression\b|\bregexec\b|\bpcre2_match_8\("
    r"|\.(?:firstMatch|wholeMatch|prefixMatch)\(of:|\.matches\(of:")
INTEGER = re.compile(r"(?<![\w.])(U?Int(?:8|16|32|64|128)?)\(")
LABELLED = re.compile(r"\s*(exactly|clamping|saturating|truncatingIfNeeded|bitPattern|ascii|littleEndian|bigEndian):")
LITERAL = re.compile(r"-?(0[xob][\da-fA-F_]+|\d[\d_]*)$")
CONSTANT = re.compile(r"[A-Z][A-Z0-9_]+(\.rawValue)?( \| [A-Z][A-Z0-9_]+(\.rawValue)?)*$")
COUNTED = re.compile(r"[\w.$()?]*\.(count|length)$|MemoryLayout<\w+>\.(size|stride)$")
DURATION = re.compile(r"(?<!TimeAmount)\.(seconds|milliseconds|microseconds|nanoseconds)\(")
FRACTION = re.compile(r" / |\d\.\d|rounded\(|Double\(|timeInterval|\* 1e|\bmedian\b|\b(in)?seconds\b|\btrip\b")
SUBSCRIPT = re.compile(r"((?:\b[A-Za-z_]\w*|\$\d)(?:[?!]?\.[A-Za-z_]\w*)*)\[")
LENGTH = re.compile(r"\.(?:prefix|suffix|dropFirst|dropLast|removeFirst|removeLast)\(")
RANGE = re.compile(r"([\w.)\]]+)\s?\.\.[.<]\s?(-?[\w.(]+)")
READ = re.compile(r"\b(?:let|var)\s+(\w+)\s*=\s*U?Int(?:8|16|32|64)?\((?!\s*(?:exactly|clamping|saturating|bitPattern|trunc))")


def code(text):
    """The text with what is nobody's code blanked, line by line: comments, the words of literals (what is put into them
    stays), and regular expressions, of which one mark is left."""
    out, index, stack = [], 0, []

    def skip(to):
        nonlocal index
        out.append(re.sub(r"[^\n]", " ", text[index:to]))
        index = to

    def words(hashes, quotes):
        """In a literal, up to its end or to what is put in."""
        nonlocal index
        while index < len(text):
            if text.startswith(quotes + hashes, index):
                skip(index + len(quotes + hashes))
                return
            if text.startswith("\\" + hashes + "(", index):
                skip(index + 1 + len(hashes))
                out.append("(")
                index += 1
                stack.append((1, hashes, quotes))
                return
            skip(min(len(text), index + (2 + len(hashes) if text.startswith("\\" + hashes, index) else 1)))

    while index < len(text):
        here = text[index]
        literal = re.compile(r'(#*)("""|")').match(text, index)
        before = "".join(out[-40:]).rstrip(" ")[-1:]
        if text.startswith("//", index):
            end = text.find("\n", index)
            skip(len(text) if end < 0 else end)
        elif text.startswith("/*", index):
            skip(text.index("*/", index) + 2)
        elif text.startswith("#/", index):
            out.append("\uE000")
            index += 1
            skip(text.index("/#", index) + 2)
        elif here == "/" and before in "(,:=[{&|!?\n" and re.match(r"/[^\s/*=][^\n]*?[^\\\s]?/(?=[\s.),\]}]|$)", text[index:]):
            end = index + re.match(r"/(?:\\.|\[(?:\\.|[^\]\n\\])*\]|[^/\n\\\[])+/", text[index:]).end()
            out.append("\uE000")
            index += 1
            skip(end)
        elif literal:
            hashes, quotes = literal.groups()
            skip(literal.end())
            words(hashes, quotes)
        else:
            if stack and here in "()":
                depth, hashes, quotes = stack.pop()
                depth += 1 if here == "(" else -1
                out.append(here)
                index += 1
                if depth:
                    stack.append((depth, hashes, quotes))
                else:
                    words(hashes, quotes)
                continue
            out.append(here)
            index += 1
    return "".join(out)


def closing(text, start):
    """Where the bracket that is open before `start` ends."""
    depth = 1
    for index in range(start, len(text)):
        depth += text[index] in "([{"
        depth -= text[index] in ")]}"
        if not depth:
            return index
    return len(text)


def is_text(before, behind):
    """Whether what a conversion comes to is used as an optional: then it is of a text, and nil is what does not fit."""
    line = before.rsplit("\n", 1)[-1]
    return bool(
        re.match(r"\s*(\?\?|[!=]= nil|\.map\b|\.flatMap\b|\?)", behind)
        or re.search(r"\b(flatMap|compactMap)\s*(\(|\{)[^{}]*$", before[-160:])
        or re.search(r"\b(let|var) \w+\s*=\s*$", before) and is_condition(before)
        or re.search(r"\breturn\s*$", line) and False)


def is_condition(before):
    """Whether `let x = ` at the end stands among the conditions of a guard, an if or a while."""
    opening = list(re.finditer(r"\b(guard|if|while)\b", before[-900:]))
    if not opening:
        return False
    since = before[-900:][opening[-1].end():]
    return since.count("{") == since.count("}") and not re.search(r"\belse\b", since)


def places(text, reads=True):
    """(line, kind, what) of each, lines from 1.

    reads: whether it is of what reads bytes from outside; what shows what was read has lists of its own.
    """
    blank = code(text)
    lines = blank.split("\n")

    def line_of(offset):
        return blank.count("\n", 0, offset) + 1

    def above(line):
        return "\n".join(lines[max(0, line - 1 - ABOVE):line])

    for found in PATTERN.finditer(blank):
        yield line_of(found.start()), "pattern", "a regular expression"
    for found in INTEGER.finditer(blank):
        end = closing(blank, found.end())
        argument = " ".join(blank[found.end():end].split())
        kind = found.group(1)
        if (not argument or LABELLED.match(argument) or LITERAL.match(argument) or CONSTANT.match(argument)
                or "radix:" in argument
                or COUNTED.match(argument) and kind in ("Int", "UInt", "Int64", "UInt32", "UInt64")
                or re.search(r"[\w)] & (0x[fF]{1,2}|255|15|31)$", argument)
                or re.search(r"<< 8 \| $", blank[:found.start()]) and re.match(r"\$\d$", argument)
                or is_text(blank[:found.start()], blank[end + 1:end + 12])):
            continue
        yield line_of(found.start()), "conversion", f"{kind}({argument})"
    for found in DURATION.finditer(blank):
        argument = " ".join(blank[found.end():closing(blank, found.end())].split())
        if FRACTION.search(argument) and not re.match(r"U?Int(64)?\(", argument):
            yield line_of(found.start()), "duration", f".{found.group(1)}({argument})"
    for found in re.finditer(r"(?:\.|= |\()components\b(?!\()(?:\.(?:atto)?seconds)?", blank):
        if "conds" in found.group() or re.search(r"\(\w*seconds\w*,[^)]*\)\s*=\s*$", blank[:found.start() + 2]):
            yield line_of(found.start()), "components", "a duration's components"
    for found in re.finditer(r"uniqueKeysWithValues:", blank):
        yield line_of(found.start()), "keys", "uniqueKeysWithValues"
    for found in re.finditer(r"\.percentEncoded\w+\s*=(?!=)", blank):
        yield line_of(found.start()), "setter", "what has to be encoded"
    for found in re.finditer(r"(?<![<>])&?(<<|>>)=?\s*(?=[^\s=])", blank):
        if not re.match(r"\d", blank[found.end():]) and re.search(r"[\w)\]]\s$", blank[:found.start()]):
            yield line_of(found.start()), "shift", "a shift by what is no literal"
    for found in SUBSCRIPT.finditer(blank) if reads else ():
        index = " ".join(blank[found.end():closing(blank, found.end())].split())
        if not re.search(r"(?<![\w.\"$])\d|[\w)] [-+*/] ", index) or re.search(r"^\"|default:|[{\[]", index):
            continue
        # A table of ours.
        if re.match(r"[A-Z]\w*\.\w+$", found.group(1)) and LITERAL.match(index):
            continue
        name = re.escape(re.sub(r"[?!]", "", found.group(1)).removesuffix(".utf8"))
        line = line_of(found.start())
        if re.search(rf"(?<![\w.]){name}(\.\w+)?[?!]?\.(count|indices|isEmpty|endIndex|startIndex|starts|first|last|capacity)\b"
                     rf"|\bfirstIndex\b.*{name}", above(line).replace("?.", ".")):
            continue
        yield line, "subscript", f"{found.group(1)}[{index}]"
    for found in READ.finditer(blank):
        name, first = found.group(1), line_of(found.start())
        after = lines[first - 1:first - 1 + ABOVE]
        around = "\n".join(lines[max(0, first - 4):first + ABOVE])
        if re.search(rf"ReportingOverflow|~= {name}\b|contains\({name}\)|\b{name} (<=|<|>|>=) |\(min\(|\.count [<=]", around):
            continue
        for number, line in enumerate(after, first):
            line = line if number > first else line[line.index(name):]
            if re.search(rf"\b{name} [-+*]=? |[\w)] [-+*]=? {name}\b", line):
                yield number, "overflow", f"arithmetic with {name}, as it was read"
    for found in LENGTH.finditer(blank):
        argument = " ".join(blank[found.end():closing(blank, found.end())].split())
        if re.search(r"[\w)] - ", argument) and not re.match(r"(Swift\.)?max\(", argument):
            yield line_of(found.start()), "length", f"a length of {argument}"
    for found in RANGE.finditer(blank):
        low, high = found.groups()
        if re.match(r"[-\d]", low) or re.match(r"-?\d|UInt8\(ascii", high) or re.match(r"\.?[A-Z]|\.\w", low) or low == high:
            continue
        line = line_of(found.start())
        # Between the indices of a text or a list that was gone through from the left.
        opened = blank[blank.rfind("\n", 0, found.start()) + 1:found.start()]
        if opened.count("[") > opened.count("]"):
            continue
        ends = [re.escape(re.split(r"[.(]", end)[0]) for end in (low, high)]
        if re.search(rf"\b{ends[0]}\b.* (<|<=|>|>=) |(<|<=|>|>=) .*\b{ends[0]}\b|(min|max)\(", above(line)):
            continue
        yield line, "range", found.group()


class Check:
    """One file's places, each with its reason or without."""

    def __init__(self, text, reads=True):
        lines = text.split("\n")
        reasons = {number: match.group(1) for number, line in enumerate(lines, 1) if (match := REASON.search(line))}
        found, used = {}, set()
        for line, kind, what in places(text, reads):
            found.setdefault((line, kind), what)
        self.without, self.with_reason = [], []
        for (line, kind), what in sorted(found.items()):
            at = line if line in reasons else line - 1
            if at in reasons and (at == line or lines[at - 1].lstrip().startswith("//")):
                used.add(at)
                self.with_reason.append((line, kind, what, reasons[at]))
            else:
                self.without.append((line, kind, what))
        self.unused = sorted(set(reasons) - used)


class Tried:
    """What the rules are to find, and what they are to leave alone."""

    FOUND = {
        "pattern": [
            r"if let match = line.wholeMatch(of: /(a+)+b/) { use(match) }", r"let form = #/(\S+) on \S+/#",
            r"text.replacing(/\{([^{}]*)\}/) { match in match.0 }", "let made = try Regex(words)",
            "text.range(of: words, options: .regularExpression)", r"let form = /[/"
            "]+x/"],
        "conversion": [
            "let whole = Int(seconds)", "let whole = Int((self / .milliseconds(1)).rounded())",
            "bytes.append(UInt8(number))", "let id = Int32(value)", "let at = Int64(interval / .seconds(1))",
            'let text = "so many: \\(Int(seconds)) s"', "let length = UInt8(name.count)"],
        "duration": [
            "self = .milliseconds(seconds * 1000)", "let wait = Duration.seconds(trip / 2)",
            "let read = Duration.seconds(now.timeIntervalSince(then))"],
        "components": ["let seconds = bound.components.seconds", "let (seconds, parts) = components"],
        "keys": ["let byID = Dictionary(uniqueKeysWithValues: students.map { ($0.id, $0) })"],
        "setter": ["components.percentEncodedQuery = text"],
        "shift": ["let mask = 1 << length", "number >>= width", "let some = flags &<< count"],
        "subscript": [
            "let words = line.split(separator: 32)\nlet id = words[1]", "let next = bytes[index + 1]",
            "use(parts[place - 1])"],
        "overflow": [
            "guard let now = Int(first), let then = Int(second) else { return nil }\nlet age = now - then",
            "guard let count = Int(word) else { return nil }\nentries += count"],
        "length": ["kept += piece.prefix(limit - kept.count)"],
        "range": ["let all = Range(first..<last)\nfor port in first...last { scan(port) }"],
    }
    LEFT = [
        "guard let count = Int(words), let other = UInt16(text[index...]) else { return nil }",
        "let numbers = parts.compactMap { Int($0) }\nlet one = Int(text) ?? 0\nlet flag = Int(text) != nil",
        "let mode = Int(text, radix: 8)\nlet size = Int(LIMIT_SIZE)\nlet byte = UInt8(ascii: \"a\")",
        "let whole = Int(saturating: seconds)\nlet exact = Int(exactly: seconds)\nlet all = UInt32(name.count)",
        "let half = total / count\nlet path = a / b / c\nlet wait = Duration.seconds(60)\nlet limit = 4 << 20",
        "// Int(seconds), /(a+)+b/, uniqueKeysWithValues: 1 << n\nlet words = \"Int(x) / y / words[1]\"",
        "guard words.count == 3 else { return nil }\nlet id = words[1]",
        "let named = table[name] ?? values[\"one\", default: 0]",
        "let (difference, overflow) = now.subtractingReportingOverflow(then)",
        "kept += piece.prefix(max(0, limit - kept.count))\nlet rest = text.dropFirst(3)",
        "guard first <= last else { return nil }\nfor port in first...last { scan(port) }",
        "for index in 0..<count { use(index) }\nlet part = text[begin..<end]",
        "let byID = Dictionary(pairs) { first, _ in first }",
    ]

    @classmethod
    def wrong(cls):
        for kind, sources in cls.FOUND.items():
            for source in sources:
                check = Check(source)
                if kind not in {found for _, found, _ in check.without}:
                    yield f"is not found ({kind}): {source}"
                reasoned = "\n".join(f"// bounded: tried\n{line}" for line in source.split("\n"))
                if Check(reasoned).without:
                    yield f"a reason does not count: {source}"
        for source in cls.LEFT:
            for _, kind, what in Check(source).without:
                yield f"is found ({kind}, {what}): {source}"
        if Check("let whole = 1  // bounded: nothing to bound").unused != [1]:
            yield "a reason that nothing needs is not found"
        if Check("let whole = Int(seconds)  // bounded: below 60").without:
            yield "a reason behind the code does not count"
        if not Check("let whole = Int(seconds)  // bounded:").without:
            yield "an empty reason counts"


def main(arguments):
    if arguments == ["--self-test"]:
        wrong = list(Tried.wrong())
        for sentence in wrong:
            print(f"foreign_values: {sentence}")
        return 1 if wrong else 0
    listing = arguments[:1] == ["--list"]
    names = arguments[1:] if listing else arguments
    roots = [pathlib.Path(name) for name in names] or [
        root for root in sorted((ROOT / "Sources").iterdir()) if root.name != "lab-matrix"]
    files = [file for root in roots for file in ([root] if root.is_file() else sorted(root.rglob("*.swift")))]
    if not files:
        print("foreign_values: no Swift file in " + " ".join(map(str, roots)), file=sys.stderr)
        return 64
    count = 0
    for file in files:
        path = file.resolve()
        name = path.relative_to(ROOT) if path.is_relative_to(ROOT) else path
        check = Check(path.read_text(encoding="utf-8"), not SHOWING & set(path.parts))
        for line, kind, what in check.without:
            count += 1
            print(f"{name}:{line}: error: {kind}: {what}")
        for line in check.unused:
            count += 1
            print(f"{name}:{line}: error: a reason that nothing needs any more")
        if listing:
            for line, kind, what, reason in check.with_reason:
                print(f"{name}:{line}: {kind}: {what}: {reason}")
    if count:
        print(f"foreign_values: {count} to be mended, or to be given a reason (scripts/foreign_values.py)", file=sys.stderr)
    return 1 if count else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
