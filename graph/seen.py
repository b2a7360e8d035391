"""How text is seen: characters that can't be, or that a terminal or spreadsheet obeys, and long numbers."""

from __future__ import annotations

import re

#: C0 and C1 without tab and line feed, soft hyphen, bidi controls, zero-width and invisible operators,
#: interlinear marks, byte order mark, tag characters, lone surrogates and non-characters.
HIDDEN = re.compile(
    "[\x00-\x08\x0b-\x1f\x7f-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    "\u2028-\u202e\u2060-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb\ufffe\uffff\ud800-\udfff"
    "\U000e0000-\U000e0fff]"
)


def marked(text: str) -> str:
    """Text in which every character that can't be seen is a visible mark such as `⟦U+202E⟧`."""
    return HIDDEN.sub(lambda hit: f"⟦U+{ord(hit.group()):04X}⟧", text)


def grouped(value: float) -> str:
    """A number with its thousands parted, as 57,900,000,000 or 17.3; one too long to be read as 3.3e+24."""
    return f"{int(value):,}" if float(value).is_integer() and abs(value) < 1e18 else f"{value:,.12g}"


def in_full(value: float) -> str:
    """A number with every digit that it has, as 167910000 or 22620.33: what is read by a program must lose none."""
    return str(int(value)) if float(value).is_integer() and abs(value) < 1e18 else repr(float(value))


def no_formula(text: str) -> str:
    """A cell of a CSV file that no spreadsheet runs: a quote before what begins like a formula and is no number."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) and not _number(text) else text


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
