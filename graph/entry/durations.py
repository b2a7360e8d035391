"""Intervals of time with what they measure and rest on. Never one bare number."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..model.base import Record, Slug
from .condition import Condition

Days_ = Annotated[float, Field(ge=0)]
Measure = Literal["preparation", "authority", "acceptance-to-listing", "whole", "programme", "one-firm", "deadline"]
#: Measures of a step's own time; the others are calendars of a programme, one firm's history, or a deadline.
PLANNABLE = ("preparation", "authority", "acceptance-to-listing", "whole")


class DurationSpec(Record):
    """An interval in calendar days, working days converted by 7/5; an unknown end is absent."""

    min: Days_ | None = None
    typical: Days_ | None = Field(None, description="Usual value; the median where `p90` stands.")
    p90: Days_ | None = Field(None, description="Nine of ten cases took no longer.")
    max: Days_ | None = None
    measures: Measure = Field(description="What the interval measures.")
    basis: Literal["statutory", "observed", "estimate"]
    clock: Literal["authority", "applicant", "private", "end-to-end", "derived"]
    plan: bool = Field(False, description="True on the intervals that the planner counts with.")
    when: Condition | None = Field(None, description="Cases whose time it is; the first that holds is planned.")
    places: list[str] = Field(default_factory=list, description="Provinces whose time it is; before the general one.")
    cause: Slug | None = Field(None, description="Intervals of one cause move together; the authority's by default.")
    rule: str
    article: str | None = Field(None, description="Rule and article that set the limit, in words.")
    n: Annotated[int, Field(ge=1)] | None = Field(None, description="Cases observed, where known.")
    confidence: Literal["high", "medium", "low"] | None = None
    source: Slug | None = None
    note: str | None = None

    @model_validator(mode="after")
    def _consistent(self) -> DurationSpec:
        ends = [end for end in (self.min, self.typical, self.p90, self.max) if end is not None]
        if not ends:
            raise ValueError("a duration has at least one of min, typical and max")
        if ends != sorted(ends):
            raise ValueError("min, typical, p90 and max rise in this order")
        if self.p90 is not None and self.typical is None:
            raise ValueError("p90 stands beside a median in `typical`")
        if self.basis != "estimate" and self.source is None:
            raise ValueError(f"a {self.basis} duration names its source")
        if self.plan and self.measures not in PLANNABLE:
            raise ValueError(f"an interval that measures '{self.measures}' is no processing time and plans nothing")
        if self.plan and self.measures == "acceptance-to-listing" and not (self.max or self.typical or self.min):
            raise ValueError("a wait of 0 days is no wait that was measured")
        return self
