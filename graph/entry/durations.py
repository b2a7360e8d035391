"""Intervals of time with what they measure and rest on. Never one bare number."""

from __future__ import annotations

from typing import Annotated, Literal

from pydantic import Field, model_validator

from ..model.base import Slug
from .base import Spec
from .condition import Condition

Actor = Literal["fie", "offshore", "domestic"]
Days_ = Annotated[float, Field(ge=0)]
Measure = Literal["preparation", "authority", "acceptance-to-listing", "whole", "programme", "one-firm", "deadline"]
#: Measures of a step's own time; the others are calendars of a programme, one firm's history, or a deadline.
PLANNABLE = ("preparation", "authority", "acceptance-to-listing", "whole")


class DurationSpec(Spec):
    """An interval in calendar days; an unknown end is absent."""

    min: Days_ | None = None
    typical: Days_ | None = Field(None, description="Usual value; the median where `p90` stands.")
    p90: Days_ | None = Field(None, description="Nine of ten cases took no longer.")
    max: Days_ | None = None
    unit: Literal["days"] = Field("days", description="Calendar days; working days were converted by 7/5.")
    measures: Measure | None = Field(None, description="What the interval measures.")
    basis: Literal["statutory", "observed", "estimate"]
    clock: Literal["authority", "applicant", "private", "end-to-end", "derived"]
    covers: Literal["whole", "part", "more", "deadline"] | None = None
    plan: bool = Field(False, description="True on the intervals that the planner counts with.")
    when: Condition | None = Field(None, description="Cases whose time it is; the first that holds is planned.")
    places: list[str] = Field(default_factory=list, description="Provinces whose time it is; before the general one.")
    actors: list[Actor] = Field(default_factory=list, description="Whose time it is; empty means all.")
    services: list[Slug] = Field(default_factory=list, description="Service kinds it was seen in; empty means all.")
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
        if self.measures is None and self.covers is None:
            raise ValueError(f"say what it measures: {', '.join(PLANNABLE)}, programme, one-firm or deadline")
        if self.plan and self.measures is not None and self.measures not in PLANNABLE:
            raise ValueError(f"an interval that measures '{self.measures}' is no processing time and plans nothing")
        if self.plan and self.measures is None and self.covers != "whole":
            raise ValueError(f"an interval that covers '{self.covers}' can't be planned with")
        if self.plan and self.measures == "acceptance-to-listing" and not (self.max or self.typical or self.min):
            raise ValueError("a wait of 0 days is no wait that was measured")
        return self
