"""Dates with the precision their source gives: 2025, 2025-Q3, 2025-H1, 2025-02, 2025-02-13.

The written form is ISO 8601 with reduced precision; quarters and halves are the one extension
(ISO 8601-2 has both as season-like groupings). An unknown date is absent, never a guess.
"""

from __future__ import annotations

import re
import unicodedata
from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Annotated, Any

from pydantic import BeforeValidator, GetCoreSchemaHandler, WithJsonSchema
from pydantic_core import core_schema

_PATTERN = r"[0-9]{4}(-(Q[1-4]|H[12]|(0[1-9]|1[0-2])(-[0-9]{2})?))?"
_RE = re.compile(_PATTERN)
#: What to do about a day on which nothing can be.
MISTYPED = "a digit was mistyped, or the clock of this machine is wrong"
#: Years to come within which something may begin or end that is known today.
_AHEAD = 100


class DateError(ValueError):
    """A text is no date; it says why, and how one is written."""


@dataclass(frozen=True)
class PartialDate:
    """A span of days named by a date of limited precision.

    Attributes:
        text: the form as written, for example `2025-Q3`.
        first: first day of the span.
        after: first day after the span; the last day that there is, where the span ends with it.
    """

    text: str
    first: date
    after: date

    @classmethod
    def parse(cls, text: str) -> PartialDate:
        """Read a written date, full-width digits and small letters as the usual ones.

        Raises:
            DateError: it names the accepted forms, or the days that the month has.
        """
        text = unicodedata.normalize("NFKC", text).strip()
        text = text.upper() if _RE.fullmatch(text.upper()) else text
        if not _RE.fullmatch(text):
            raise DateError(f"'{text:.60}' is not a date; write 2025, 2025-H1, 2025-Q3, 2025-02 or 2025-02-13")
        year, rest = int(text[:4]), text[5:]
        if len(rest) == 5:
            try:
                first = date.fromisoformat(text)
            except ValueError:
                days = monthrange(year, int(rest[:2]))[1] if year else 31
                raise DateError(f"{text[:7]} has the days 01 to {days}" if year else "years begin with 0001") from None
            return cls(text, first, first if first == date.max else first + timedelta(days=1))
        months, start = _span(rest)
        return cls(text, date(year, start, 1), _plus_months(year, start, months))

    @property
    def last(self) -> date:
        """Last day of the span."""
        return date.max if self.after == date.max else self.after - timedelta(days=1)

    @property
    def end(self) -> date:
        """First day on which what ended then surely holds no longer: a day itself, else the first after the span."""
        return self.first if self.precision == "day" else self.after

    @property
    def precision(self) -> str:
        """One of year, half, quarter, month, day."""
        rest = self.text[5:]
        if not rest:
            return "year"
        return {"Q": "quarter", "H": "half"}.get(rest[0], "day" if len(rest) == 5 else "month")

    def __str__(self) -> str:
        return self.text

    @classmethod
    def __get_pydantic_core_schema__(cls, _source: Any, _handler: GetCoreSchemaHandler) -> core_schema.CoreSchema:
        def build(value: Any) -> PartialDate:
            if isinstance(value, cls):
                return value
            if not isinstance(value, str):
                raise DateError("a date is written as text")
            return cls.parse(value)

        return core_schema.no_info_plain_validator_function(build, serialization=core_schema.to_string_ser_schema())


Dated = Annotated[PartialDate, WithJsonSchema({"type": "string", "pattern": f"^{_PATTERN}$"})]


def _one_day(given: Any) -> Any:
    """A day from its text; a bare number, which pydantic takes for seconds since 1970, is none."""
    text = unicodedata.normalize("NFKC", str(given)).strip()
    if isinstance(given, date):
        return given
    if not re.fullmatch(r"[0-9]{4}-[0-9]{2}-[0-9]{2}", text):
        raise DateError(f"'{text:.60}' is not a date of one day; write it as 2025-02-13")
    return PartialDate.parse(text).first


#: One day, where no span of days would do.
Day = Annotated[date, BeforeValidator(_one_day)]


def beyond(found: date, today: date, *, ahead: bool = False) -> str:
    """On which side a day lies beyond what a source can tell of; empty where it does not.

    Args:
        ahead: allow days to come, within a hundred years. Tomorrow is none, for it has begun somewhere.
    """
    if found > today + timedelta(days=1):
        return "in the future" if not ahead else "too far ahead" if found.year > today.year + _AHEAD else ""
    return "too far back" if found.year < 1900 else ""


def _span(rest: str) -> tuple[int, int]:
    if not rest:
        return 12, 1
    if rest[0] == "Q":
        return 3, 3 * int(rest[1]) - 2
    if rest[0] == "H":
        return 6, 6 * int(rest[1]) - 5
    return 1, int(rest)


def _plus_months(year: int, month: int, months: int) -> date:
    total = year * 12 + month - 1 + months
    return date.max if total // 12 > date.max.year else date(total // 12, total % 12 + 1, 1)
