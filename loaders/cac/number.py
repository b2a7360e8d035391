"""The number of a filing, taken apart.

A number reads place-name-date[serial], as Shanghai-AppleZhiNeng-202506160057; a registration has an S
before its serial. Numbers before 2024-04 end with the date. That the eight digits are the day on which
the local office accepted the file is our reading of the pattern, so all that rests on it is derived.
"""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date
from typing import Literal

_NUMBER = re.compile(r"([A-Za-z]+)-(.+)-([0-9]{4})([0-9]{2})([0-9]{2})(S?)([0-9]{4})?")
_NOT_SLUG = re.compile(r"[^a-z0-9-]")


@dataclass(frozen=True)
class FilingNumber:
    """Parts of a number. `kind` is registration where the serial bears an S."""

    text: str
    place: str
    label: str
    accepted: date
    kind: Literal["filing", "registration"]
    serial: str | None

    @classmethod
    def parse(cls, text: str) -> FilingNumber:
        """Take a number apart. Raises ValueError that says what is wrong with it."""
        match = _NUMBER.fullmatch(text)
        if not match:
            raise ValueError(f"'{text}' is not a filing number; expected Place-Name-YYYYMMDD and four digits")
        place, label, year, month, day, letter, serial = match.groups()
        if letter and not serial:
            raise ValueError(f"'{text}' has an S without a serial")
        try:
            accepted = date(int(year), int(month), int(day))
        except ValueError as error:
            raise ValueError(f"'{text}' holds no date in '{year}{month}{day}': {error}") from None
        return cls(text, place, label, accepted, "registration" if letter else "filing", serial)


def filing_id(printed: str) -> str:
    """Id of a filing: its number as printed, lower case, only letters, digits and hyphens.

    The printed number is taken, not the mended one, so a mend that is revised changes no id.
    """
    return "filing-" + _NOT_SLUG.sub("", printed.casefold()).strip("-")
