#!/usr/bin/env python3
"""Leaves out of ICU's data what Bascule has no use for: 32 MB of them come with Foundation, for every language there is.

    scripts/icu_data.py FROM TO

FROM and TO are data packages (ICU User Guide, "ICU Data"; ucmndata.h): a header; how many items there are; for each where
its name and its data begin, counted from that number; names; data. What stays: everything that belongs to no language;
root, English and French; converters of single bytes. What is left out has the effect that it has in ICU's own small
builds: root's is taken instead. Bascule itself names no locale but en_US_POSIX.
"""

import pathlib
import re
import struct
import sys

LANGUAGES = re.compile(r"(root|pool|res_index|en|en_.*|fr|fr_.*)\.res")
# Converters of double-byte character sets begin at 30 kB.
LARGEST_CONVERTER = 16_384


def stays(name, size):
    folder, _, file = name.rpartition("/")
    # Rules for writing numbers out and for transliteration; dictionaries of languages that leave no blanks.
    if folder in ("rbnf", "translit") or file.endswith((".dict", ".lstm")):
        return False
    if folder or re.fullmatch(r"[a-z]{2,3}(_.*)?\.res", file):
        return LANGUAGES.fullmatch(file) is not None or not file.endswith(".res")
    return not file.endswith(".cnv") or size <= LARGEST_CONVERTER


def main(source, target):
    data = pathlib.Path(source).read_bytes()
    header = struct.unpack_from("<H", data)[0]
    if data[2:4] != b"\xda\x27" or data[12:16] != b"CmnD":
        sys.exit(f"{source} is no package of ICU data")
    table = data[header:]
    count = struct.unpack_from("<I", table)[0]
    entries = [struct.unpack_from("<II", table, 4 + 8 * index) for index in range(count)]
    ends = [start for _, start in entries[1:]] + [len(table)]
    kept = []
    for (at, start), end in zip(entries, ends):
        name = table[at : table.index(b"\0", at)]
        if stays(name.decode().partition("/")[2], end - start):
            kept.append((name, table[start:end]))
    names = b"".join(name + b"\0" for name, _ in kept)
    first = 4 + 8 * len(kept)
    position = -(-(first + len(names)) // 16) * 16
    rows, parts, at = [], [], first
    for name, item in kept:
        item += b"\0" * (-len(item) % 16)
        rows.append(struct.pack("<II", at, position))
        parts.append(item)
        at += len(name) + 1
        position += len(item)
    head = struct.pack("<I", len(kept)) + b"".join(rows) + names
    head += b"\0" * (-len(head) % 16)
    pathlib.Path(target).write_bytes(data[:header] + head + b"".join(parts))
    print(f"ICU's data: {len(kept)} of {count} items, {position / 1e6:.1f} of {len(data) / 1e6:.1f} MB", file=sys.stderr)


main(*sys.argv[1:])
