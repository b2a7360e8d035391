"""What happens to files: by hand, by programs, on the way, and by somebody who means ill."""

from __future__ import annotations

import random
import re
from collections.abc import Callable

Damage = Callable[[random.Random, bytes], bytes]

#: What stands where it should not: what terminals obey, what is not seen, YAML's own signs, numbers and dates that are
#: none, formulas, and much of anything.
_ODD = [
    b"\0", b"\x07", b"\x1b[2J", b"\x9b", b"\xff", b"\xed\xa0\x80", b"\xc3(", "\ufeff".encode(), "\u200b".encode(),
    "\u202e".encode(), "\u2028".encode(), "\xa0".encode(), "\xad".encode(), "\U0001f600".encode(), b"\t", b"\r", b"\n",
    b"&a ", b"*a", b"<<: *a", b"!!python/object:os.system ", b"!x ", b"%YAML 9.9\n", b"---\n", b"...\n", b"? ", b"- ",
    b": ", b"[", b"]", b"{", b"}", b"|\n", b">-\n", b"#", b"'", b'"', b'""', b"`", b"@", b"~", b"null", b"yes", b"Null",
    b"nan", b".nan", b"inf", b"-inf", b"1e400", b"0x1f", b"1_000", b"-0", b"9" * 6000, b"1.0", b"1:30",
    b"9999-12-31",
    b"0000-00-00", b"2025-02-30", b"2123-01-01", b"2025-13", b"2025", "２０２５-０２".encode(), "2025年2月".encode(),
    b"=cmd|' /C calc'!A0", b"<script>", b"$(id)", b"../../etc/passwd", b"javascript:alert(1)", b"http://",
    b"x" * 60_000,
    "长".encode() * 3000, b"\n" * 500, b" " * 500, b"[" * 300, b"{a: " * 60, "：".encode(), "，".encode(),
    "“”".encode(),
]  # fmt: skip


def damaged(random_: random.Random, data: bytes) -> tuple[bytes, list[str]]:
    """The bytes after one to three damages, and their names."""
    kinds = random_.choices(list(DAMAGES), k=random_.choice((1, 1, 1, 2, 3)))
    for kind in kinds:
        data = DAMAGES[kind](random_, data)
    return data, kinds


def _at(random_: random.Random, data: bytes) -> int:
    return random_.randrange(len(data) + 1)


def _flip(random_: random.Random, data: bytes) -> bytes:
    at = _at(random_, data)
    return data[:at] + bytes(255 - one for one in data[at : at + 1]) + data[at + 1 :]


def _bit(random_: random.Random, data: bytes) -> bytes:
    at = _at(random_, data)
    return data[:at] + bytes(one ^ 1 << random_.randrange(8) for one in data[at : at + 1]) + data[at + 1 :]


def _insert(random_: random.Random, data: bytes) -> bytes:
    at = _at(random_, data)
    return data[:at] + random_.choice(_ODD) + data[at:]


def _drop(random_: random.Random, data: bytes) -> bytes:
    at = _at(random_, data)
    return data[:at] + data[at + random_.randrange(1, 80) :]


def _cut(random_: random.Random, data: bytes) -> bytes:
    return data[: _at(random_, data)]


def _lines(change: Callable[[random.Random, list[bytes]], None]) -> Damage:
    def damage(random_: random.Random, data: bytes) -> bytes:
        lines = data.splitlines(keepends=True) or [b""]
        change(random_, lines)
        return b"".join(lines)

    return damage


def _double(random_: random.Random, lines: list[bytes]) -> None:
    lines.insert(random_.randrange(len(lines)), random_.choice(lines))


def _lose(random_: random.Random, lines: list[bytes]) -> None:
    del lines[random_.randrange(len(lines))]


def _swap(random_: random.Random, lines: list[bytes]) -> None:
    one, other = random_.randrange(len(lines)), random_.randrange(len(lines))
    lines[one], lines[other] = lines[other], lines[one]


def _indent(random_: random.Random, lines: list[bytes]) -> None:
    at = random_.randrange(len(lines))
    lines[at] = random_.choice((b" ", b"    ", b"\t")) + lines[at] if random_.random() < 0.6 else lines[at].lstrip()


def _join(random_: random.Random, lines: list[bytes]) -> None:
    at = random_.randrange(len(lines))
    lines[at] = lines[at].rstrip(b"\r\n")


_VALUE = re.compile(rb"(?<=: )[^\n,}\]]+|(?<=\t)[^\t\n]*|(?<=,)[^,\n]*")


def _value(random_: random.Random, data: bytes, others: list[bytes] = _ODD) -> bytes:
    """Another value in the place of one."""
    found = list(_VALUE.finditer(data))
    if not found:
        return data
    hit = random_.choice(found)
    return data[: hit.start()] + random_.choice(others) + data[hit.end() :]


def _exchange(random_: random.Random, data: bytes) -> bytes:
    """The value of one field in another."""
    return _value(random_, data, _VALUE.findall(data))


def _saved_as(encoding: str, bom: bytes = b"") -> Damage:
    def damage(random_: random.Random, data: bytes) -> bytes:
        text = data.decode("utf-8", errors="replace")
        return bom + text.encode(encoding, errors="replace")

    return damage


DAMAGES: dict[str, Damage] = {
    "flipped byte": _flip,
    "flipped bit": _bit,
    "inserted": _insert,
    "inserted again": _insert,
    "lost bytes": _drop,
    "cut": _cut,
    "line twice": _lines(_double),
    "line lost": _lines(_lose),
    "lines swapped": _lines(_swap),
    "line moved in or out": _lines(_indent),
    "lines joined": _lines(_join),
    "other value": _value,
    "any value": _value,
    "value of another field": _exchange,
    "CRLF": lambda _, data: data.replace(b"\n", b"\r\n"),
    "CR": lambda _, data: data.replace(b"\n", b"\r"),
    "BOM": lambda _, data: b"\xef\xbb\xbf" + data,
    "UTF-16": _saved_as("utf-16"),
    "UTF-16 without BOM": _saved_as("utf-16-le"),
    "GB18030": _saved_as("gb18030"),
    "Big5": _saved_as("big5"),
    "cp1252": _saved_as("cp1252"),
    "Shift JIS": _saved_as("shift_jis"),
    "quotes of a word processor": lambda _, data: data.replace(b'"', "”".encode()).replace(b"'", "’".encode()),
    "tabs for spaces": lambda _, data: data.replace(b"  ", b"\t"),
}
