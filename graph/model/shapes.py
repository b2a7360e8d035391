"""What relationships and loaded nodes carry besides their ends and names: evidence, dates, qualifiers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from ..dates import Dated
from .values import Slug

Status = Literal["announced", "reported", "confirmed", "denied", "ended"]


@dataclass(frozen=True)
class Ref:
    """Marks a property that holds the id of a node of this type, less a prefix; the node must stand."""

    label: str
    prefix: str = ""


SourceId = Annotated[Slug, Ref("Source")]
SentenceId = Annotated[str, Ref("SeedSentence")]


class Shape(BaseModel):
    """A set of properties. Nothing beside it may be written."""

    model_config = ConfigDict(extra="forbid", frozen=True, allow_inf_nan=False, defer_build=True)


class Kept(Shape):
    """What a load adds to a node of any type."""

    keys: list[str] = Field(default_factory=list, description="Names reduced to the form in which they are looked up.")
    sources: list[SourceId] = Field(default_factory=list, description="Ids of the sources behind it.")
    valid_to: date | None = Field(None, description="First day on which it no longer holds, or no load wanted it.")


class Structure(Shape):
    """What a relationship carries that follows from its ends or is law: it needs no evidence of its own."""

    status: Status | None = None
    known_from: date | None = Field(None, description="First day on which an answer may use it.")
    valid_to: date | None = Field(None, description="First day on which it no longer holds.")


class Cited(Shape):
    """What every fact carries: how sure it is, since when, and who says so."""

    status: Status
    announced: Dated | None = Field(None, description="Date on which it was made known.")
    since: Dated | None = Field(None, description="Date from which it holds, as its source gives it.")
    until: Dated | None = Field(None, description="Date on which it ended, as its source gives it.")
    as_of: Dated | None = Field(None, description="Date or span at which it was seen to hold.")
    known_from: date | None = Field(None, description="First day on which an answer may use it.")
    known_from_basis: Literal["announced", "valid_from", "as_of", "source", "first listing"] | None = None
    valid_to: date | None = Field(None, description="First day on which it no longer holds.")
    confidence: float = Field(ge=0, le=1, description="By the rule of docs/confidence.md.")
    confidence_why: str | None = Field(None, description="How the rule came to it, in words.")
    weak: bool = Field(False, description="True where it rests on weak kinds of source alone.")
    sources: list[SourceId] = Field(min_length=1, description="Ids of the sources that say it.")
    scope: str | None = Field(None, description="What it is limited to, in words.")
    note: str | None = Field(None, description="One sentence for the reader.")
    seed: list[SentenceId] = Field(default_factory=list, description="Sentences of the article it accounts for.")
    conflict: Annotated[Slug, Ref("Conflict", "conflict.")] | None = Field(
        None, description="Question on which sources disagree."
    )
    preferred: bool | None = Field(None, description="Whether it is the side of the conflict to be shown.")
    unseen: bool = Field(False, description="True where a later reading did not find the page again.")
    unseen_reason: str | None = None
    read: list[str] = Field(
        default_factory=list, description="Second readings: day, verdict, reader; none where nobody else read its page."
    )


class Qualifiers(Shape):
    """What a curator may say more exactly of a fact between two nodes."""

    product: str | None = Field(None, description="Product or programme it concerns, in words.")
    amount: str | None = Field(None, description="Sum of money or quantity, in words with its unit.")
    role: str | None = None
    outcome: Literal["chosen", "rejected", "open"] | None = None
    measure: Literal["ban", "block", "suspension", "export-control", "warning", "removal", "order"] | None = None
    open_weights: bool | None = None


class Statement(Qualifiers, Cited):
    """A fact between two nodes, with its qualifiers."""

    steps: list[str] = Field(
        default_factory=list, description="What became of the tie, each with its day first: '2024 extended to cars'."
    )


class Ownership(Statement):
    """Whose a company or registered entity is."""

    share: Literal["wholly", "majority", "joint-venture", "minority", "unknown"] | None = None
    percent: float | None = Field(None, gt=0, le=100, description="Share held, in percent.")
    basis: str | None = Field(None, description="What the reviewed line rests on.")


class ListEntry(Statement):
    """How a control list names somebody."""

    printed: list[str] = Field(default_factory=list, description="Names as the list prints them.")
    editions: list[str] = Field(default_factory=list, description="Days of the editions in which it stands.")
