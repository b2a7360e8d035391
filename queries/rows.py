"""Rows of the saved questions. Every row that states a fact carries its evidence."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from typing import Any, Self

from pydantic import BaseModel, ConfigDict, ValidationError

from ..graph.errors import ChinaAIError

#: Columns of a fact's evidence, which stand last in every row.
EVIDENCE = ("fact_id", "status", "since", "until", "announced", "seen", "scope", "conflict", "confidence", "sources")


class SourceRef(BaseModel):
    """A source as shown beside a row. `published` keeps the precision it was given with."""

    model_config = ConfigDict(frozen=True, defer_build=True)

    id: str
    title: str | None = None
    publisher: str | None = None
    published: str | None = None
    url: str | None = None
    kind: str | None = None


@contextmanager
def of_this_version(where: str, what: str = "the facts") -> Iterator[None]:
    """What stands in the graph is typed within; after an upgrade it may be of another form."""
    try:
        yield
    except ValidationError as error:
        told = f"{what} in the graph were written by another version of chinaai"
        raise ChinaAIError(told, where, "run chinaai build") from error


def cited(ids: Iterable[str] | None, pages: Mapping[str, SourceRef]) -> list[SourceRef]:
    """The sources of these ids that are known, in order and each once."""
    return [pages[one] for one in dict.fromkeys(ids or ()) if one in pages]


class Row(BaseModel):
    """One row of an answer."""

    # Built at first use: a question makes rows of one kind.
    model_config = ConfigDict(extra="forbid", frozen=True, defer_build=True)

    @classmethod
    def columns(cls) -> list[str]:
        """Names of the columns: what was asked first, the evidence it rests on last."""
        evidence = [name for name in EVIDENCE if name in cls.model_fields]
        return [name for name in cls.model_fields if name not in evidence] + evidence

    @classmethod
    def like(cls, item: object, **more: Any) -> Self:
        """A row with what an item says under the names of its columns, and what is given besides."""
        said = {name: getattr(item, name) for name in cls.model_fields if name not in more and hasattr(item, name)}
        return cls.model_validate({**said, **more})

    def __hash__(self) -> int:
        """By all values, lists among them: rows of two days can be set against each other."""
        return hash(self.model_dump_json())

    def to_dict(self) -> dict[str, Any]:
        """Plain values, dates as ISO 8601 text; what `--json` prints."""
        values = self.model_dump(mode="json")
        return {name: values[name] for name in self.columns()}


class CitedRow(Row):
    """A row with its sources, and how sure they make it."""

    confidence: float | None
    sources: list[SourceRef]


class ToldRow(CitedRow):
    """A row that one fact tells."""

    fact_id: str


class FactRow(ToldRow):
    """Evidence of one fact: its status, dates, confidence and sources."""

    status: str
    since: str | None
    until: str | None
    announced: str | None
    seen: str | None
    scope: str | None
    conflict: str | None


class PartnershipRow(FactRow):
    """A partner of the company asked about, or of a unit of it, which is then named."""

    partner_id: str
    partner: str
    partner_zh: str | None
    country: str | None
    unit: str | None
    product: str | None
    history: list[str]


class PairRow(FactRow):
    """A relation between a foreign and a Chinese company."""

    foreign_id: str
    foreign_company: str
    country: str | None
    chinese_id: str
    chinese_company: str
    product: str | None


class TieRow(FactRow):
    """Any fact that joins an entity with another one."""

    relation: str
    direction: str
    other_id: str
    other: str
    other_type: str


class TieOnceRow(TieRow):
    """The same; `others` are facts that tell the same listing on a control list, with their sources in the row."""

    others: list[str]


class PathRow(CitedRow):
    """A chain of facts between two entities. Its confidence is that of its weakest step."""

    length: int
    nodes: list[str]
    steps: list[dict[str, Any]]


class ModelRow(FactRow):
    """A model and who made it."""

    developer_id: str
    developer: str
    model_id: str
    model: str
    model_type: str
    family: str | None
    released: str | None
    licence: str | None


class NewestModelRow(ModelRow):
    """The newest model of a maker by the days that are known; `undated` may be newer, no source tells its day."""

    undated: list[str]


class EmbedRow(FactRow):
    """A product or company that uses a model."""

    user_id: str
    user: str
    user_type: str
    model_id: str
    model: str
    developer: str | None
    product: str | None


class ObservationRow(ToldRow):
    """A figure or dated attribute with who measured it and when."""

    subject: str
    metric: str
    value: float | None
    unit: str | None
    text: str | None
    date: str | None
    seen: str | None
    market: str | None
    measured_by: str | None
    rank: int | None
    scope: str | None
    status: str
    conflict: str | None


class SourceRow(Row):
    """A source of a fact with its grade."""

    fact_id: str
    source_id: str
    title: str | None
    publisher: str
    published: str | None
    kind: str
    origin: str | None
    url: str | None
    confidence: float | None
    confidence_why: str | None
    read: str
    sources: list[SourceRef]


class ConflictRow(ToldRow):
    """One side of a conflict."""

    conflict: str
    question: str
    says: str
    preferred: bool | None
    reason: str | None
    status: str
    since: str | None
    seen: str | None


class SentenceRow(CitedRow):
    """What became of a sentence of the article."""

    sentence: str
    account: str
    gist: str
    facts: list[str]
    reason: str | None


class NameRow(Row):
    """A thing and the names it bears; a name states no fact, so it has no source."""

    id: str
    type: str
    name: str
    name_zh: str | None
    aliases: list[str]


class FilingRow(ToldRow):
    """A row of the register of generative-AI services. `days` is worked out from the number's date, so `derived`."""

    company_id: str
    company: str
    country: str | None
    service: str
    entity: str
    kind: str
    number: str | None
    province: str | None
    accepted: date | None
    listed: date | None
    days: int | None
    derived: bool
    owner_basis: str | None


class ApprovalRow(ToldRow):
    """A report on an approval or a row of the register. `preferred` and `reason` stand where the two disagree."""

    kind: str
    about: str
    says: str
    day: str | None
    status: str
    preferred: bool | None
    reason: str | None
    conflict: str | None


class SpanRow(CitedRow):
    """Days from acceptance to listing over a group of rows of one kind, in calendar days.

    `n` rows have a wait; `unknown` more are listed whose number says nothing of one, and are in no figure.
    """

    group: str
    kind: str
    n: int
    unknown: int
    shortest: int | None
    quartile1: float | None
    median: float | None
    quartile3: float | None
    longest: int | None
    note: str | None
    derived: bool


class BesideRow(ToldRow):
    """A filing's days beside the median of its kind in its notice, of the `notice_n` rows that have a wait."""

    service: str
    number: str | None
    kind: str
    accepted: date | None
    listed: date | None
    days: int | None
    notice: str
    notice_n: int
    notice_unknown: int
    notice_median: float | None
    note: str | None
    derived: bool


class RestrictionRow(CitedRow):
    """One list and how it stands to a company: named, was named, not named in an edition, or not known.

    A ban, order, export rule, review or permit stands likewise, with `kind` for what it is, and as its list the one
    who made it; its `standing` is in force or ended. `others` are facts that tell the same listing as `fact_id`: their
    sources stand in the row, too.
    """

    kind: str
    list_id: str
    list_name: str
    standing: str
    who: str
    printed: list[str]
    edition: str | None
    since: str | None
    until: str | None
    effect: str | None
    effect_page: str | None
    statement: str
    similar: list[str]
    others: list[str]
    fact_id: str | None


class PlaceRow(CitedRow):
    """One of what meets at a place: an office, filings of one kind, their legal entities, a rule, a company.

    `at` is where it stands: the place asked, a part of it, or a larger place. `n` rows of a register are counted, and
    `waits` of them have a known wait, of which `median` is the middle in days.
    """

    kind: str
    at: str
    about_id: str | None
    about: str
    about_zh: str | None
    says: str
    n: int | None
    waits: int | None
    median: float | None
    note: str | None
    fact_id: str | None


class MakerRow(CitedRow):
    """A company that holds filings of its own models."""

    company_id: str
    company: str
    company_zh: str | None
    n: int
    first_listed: date | None
    models: list[str]


class UnownedRow(CitedRow):
    """A filer without a known owner."""

    entity_id: str
    entity: str
    n: int
    services: list[str]


class ChangeRow(ToldRow):
    """Something that happened, or was first seen, on a day told as exactly as its source tells it.

    `inside` is false where the day is told so coarsely that it may lie outside the window: 2025 against a February.
    `others` are facts that tell the same listing on a control list as `fact_id`: their sources stand in the row, too.
    Of a figure `relation` is what was measured, and `object` the value with its unit.
    """

    day: str
    inside: bool
    what: str
    kind: str
    subject_id: str
    subject: str
    relation: str | None
    object_id: str | None
    object: str | None
    detail: str | None
    others: list[str]
    status: str | None
