"""Characters that can't be seen, or that a terminal obeys, and how they are shown."""

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


def no_formula(text: str) -> str:
    """A cell of a CSV file that no spreadsheet runs: a quote before what begins like a formula and is no number."""
    return f"'{text}" if text.startswith(("=", "+", "-", "@", "\t", "\r")) and not _number(text) else text


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True
