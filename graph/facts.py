"""A fact: one statement with its status, its dates and its sources.

A fact is either a relation (`predicate` and `object`) or a figure (`metric` with a value, a text or
a date). Both carry the same evidence. Validity is half open; unknown ends are absent.
"""

from __future__ import annotations

import contextlib
import re
from datetime import date
from typing import Literal, get_args

from pydantic import ConfigDict, Field, model_validator

from .dates import Dated, Day
from .model.base import Record, Slug
from .model.shapes import Qualifiers, Status
from .seen import grouped

SeedRef = str
Verdict = Literal["right", "wrong", "unclear", "mended"]
_LINE = re.compile(r"([0-9]{4}-[0-9]{2}-[0-9]{2}) (\w+) \(.+?\)(: .+)?", re.DOTALL)


def unlike_share(share: str | None, percent: float | None) -> str:
    """What contradicts itself in the kind of a holding and its percent; empty where nothing does."""
    if percent is None:
        return ""
    fits = {"wholly": percent == 100, "majority": 50 <= percent < 100, "minority": percent <= 50}
    if fits.get(share or "", True):
        return ""
    means = {"wholly": "100", "majority": "50 to less than 100", "minority": "at most 50"}
    return f"share '{share}' means {means[str(share)]} percent, and percent is {percent:g}"


def unlike_unseen(unseen: bool | None, reason: str | None, status: str) -> str:
    """What contradicts itself in a fact whose page was not found again; empty where nothing does."""
    if unseen and status != "reported":
        return "a fact whose page was not found again has status reported"
    return "unseen_reason says why a page was not found again, and unseen is not true" if reason and not unseen else ""


class Reading(Record):
    """Somebody who did not write the fact has held it against its page."""

    by: str = Field(min_length=1, description="Who read it, as initials or a name.")
    on: Day
    verdict: Verdict
    note: str | None = None

    def __str__(self) -> str:
        return f"{self.on} {self.verdict} ({self.by})" + (f": {self.note}" if self.note else "")

    @staticmethod
    def is_line(text: str) -> bool:
        """Whether a text is a reading as it is written on a fact."""
        found = _LINE.fullmatch(text)
        with contextlib.suppress(ValueError):
            return found is not None and bool(date.fromisoformat(found[1])) and found[2] in get_args(Verdict)
        return False


class Step(Record):
    """Something that happened to a tie on a day, short of its beginning and its end."""

    on: Dated
    says: str = Field(min_length=3)

    def __str__(self) -> str:
        return f"{self.on} {self.says}"


class Evidence(Record):
    """What every fact carries, whatever it says."""

    model_config = ConfigDict(allow_inf_nan=False)

    id: Slug
    subject: str
    status: Status
    announced: Dated | None = Field(None, description="Date on which it was made known.")
    valid_from: Dated | None = Field(None, description="Date from which it holds, where a source says so.")
    valid_to: Dated | None = Field(None, description="Date on which it ended, where a source says so.")
    as_of: Dated | None = Field(None, description="Date or span at which it was seen to hold.")
    beginning: Literal["unknown"] | None = Field(
        None, description="`unknown` where no page tells when it began: the days given are no beginning."
    )
    outcome_sought: Day | None = Field(
        None, description="Day to which what became of a plan was searched for, and not found; renewed every half year."
    )
    scope: str | None = None
    note: str | None = Field(None, description="One sentence of our own for the reader.")
    sources: list[Slug] = Field(min_length=1)
    seed: list[SeedRef] = Field(default_factory=list, description="Sentences of the article, as p4s2.")
    conflict: Slug | None = None
    confidence: float | None = Field(None, ge=0, le=1, description="Override of the rule; needs a reason.")
    confidence_reason: str | None = None
    unseen: bool = Field(False, description="True where a later reading did not find the page again.")
    unseen_reason: str | None = Field(None, description="What was looked for and not found.")
    read: list[Reading] = Field(default_factory=list, description="Second readings of its pages.")
    raw: list[str] = Field(default_factory=list, description="Of kept days alone: ids that nothing reads any more.")

    @model_validator(mode="after")
    def _consistent(self) -> Evidence:
        if (self.confidence is None) != (self.confidence_reason is None):
            raise ValueError("confidence and confidence_reason go together")
        if self.valid_to and self.valid_to.first.year == date.max.year:
            raise ValueError(f"valid_to {self.valid_to} stands for no end; leave it out")
        for name in ("announced", "valid_from", "as_of"):
            day = getattr(self, name, None)
            if day and day.first.year == date.max.year:
                raise ValueError(f"{name} {day} stands for no day; leave it out")
        if self.valid_from and self.valid_to and self.valid_from.first >= self.valid_to.after:
            raise ValueError(f"valid_from {self.valid_from} lies after valid_to {self.valid_to}")
        if self.outcome_sought and self.status != "announced":
            raise ValueError("only of what is announced an outcome is still sought; take outcome_sought out")
        if wrong := unlike_unseen(self.unseen, self.unseen_reason, self.status):
            raise ValueError(wrong)
        return self


class Relation(Qualifiers, Evidence):
    """A statement between two nodes; becomes one relationship in the graph."""

    predicate: str
    object: str
    steps: list[Step] = Field(default_factory=list, description="Dated steps of one tie, the oldest first.")
    share: Literal["wholly", "majority", "joint-venture", "minority", "unknown"] | None = None
    percent: float | None = Field(None, gt=0, le=100, description="Share held, in percent.")
    reading_of: Slug | None = Field(
        None, description="Id of the fact of which this is a further reading: one tie, told by two pages."
    )

    @model_validator(mode="after")
    def _in_order(self) -> Relation:
        days = [step.on.first for step in self.steps]
        if days != sorted(days):
            raise ValueError("steps stand with the oldest first")
        if wrong := unlike_share(self.share, self.percent):
            raise ValueError(wrong)
        return self


class Figure(Evidence):
    """A figure or dated attribute of one node; becomes an Observation."""

    metric: str
    value: float | None = None
    text: str | None = None
    date: Dated | None = None
    unit: str | None = None
    market: str | None = None
    measured_by: str | None = None
    rank: int | None = Field(None, ge=1)
    approximate: Literal["about", "over", "under", "up-to"] | None = None

    @property
    def said(self) -> str:
        """What it gives, in words: a text, a day, or a number with all its digits and its unit."""
        return self.text or (str(self.date) if self.date else f"{grouped(self.value or 0)} {self.unit}")


class ConflictBlock(Record):
    """A question on which the sources of two or more facts disagree, or a fact and an official register."""

    model_config = ConfigDict(populate_by_name=True)

    id: Slug
    question: str
    prefer: Slug | None = Field(None, description="Fact or register row shown first; needs a reason.")
    reason: str | None = None
    register_rows: list[Slug] = Field(
        default_factory=list, alias="register", description="Rows of an official register that are sides, by their ids."
    )

    @model_validator(mode="after")
    def _consistent(self) -> ConflictBlock:
        if (self.prefer is None) != (self.reason is None):
            raise ValueError("prefer and reason go together")
        return self
