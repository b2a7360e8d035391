"""Market entry of a company or a profile: rules and facts from the store, the answer, partners and precedents."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Any

from ...graph.entry.case_model import ActorSpec, StrategySpec
from ...graph.entry.condition import scalar
from ...graph.entry.gate import Row
from ...graph.entry.model import EntryGraph
from ...graph.entry.outlook import Case, Known
from ...graph.entry.profile import case_of, checked, taken_for
from ...graph.entry.rules import Rules
from ...graph.errors import ChinaAIError
from ..ask import Ask
from ..params import QueryError, choice
from .against import denied
from .answer import Wish, answer_of
from .company import asker, from_profile, recorded, stranger
from .from_store import entry_graph, register_rows
from .partners import Seeker, candidates, partner_steps
from .rows import AgainstRow, EntryAnswer, Partner, PlanRow, Precedent, Ref

#: Candidates shown for each partner step of a plan.
SHOWN_PARTNERS = 5
#: Plans take years and the calendar ends with 9999.
_LAST_START = date(9900, 1, 1)


@dataclass(frozen=True, kw_only=True)
class Question(Wish):
    """Who asks for which kind of service, and what is said of the case.

    Attributes:
        company: id of a company of the graph, or None for a profile.
        name: name of a company that only the rules know.
        service: id of the kind of service.
        start: day on which work begins; `as_of` where it is None.
        actor: id of a profile of who asks.
        seat: country of a profile.
        onshore: whether a profile has a company on the mainland.
        facts: facts said; `assume`: facts assumed.
    """

    service: str
    company: str | None = None
    name: str | None = None
    start: date | None = None
    actor: str | None = None
    seat: str | None = None
    onshore: bool | None = None
    facts: Mapping[str, str] = field(default_factory=dict)
    assume: Mapping[str, str] = field(default_factory=dict)


def market_entry(ask: Ask, question: Question) -> EntryAnswer:
    """The answer to a question, with partners and precedents.

    Raises:
        ChinaAIError: an actor, strategy, fact or value that does not exist.
    """
    graph = entry_graph(ask.store)
    rules = Rules(graph)
    case, company = _case(ask, graph, question)
    if question.strategy is not None:
        question = replace(question, strategy=_named("strategy", question.strategy, graph.strategies))
    rows = register_rows(ask.store, question.as_of)
    answer = answer_of(rules, case, question.service, rows, question)
    known, seeker = _beside(ask, case, question, company, rows)
    steps = partner_steps(graph, (s.requirement.id for plan in answer.plans for s in plan.steps if s.status == "due"))
    partners = candidates(ask, graph, seeker, steps)
    plans = [_joined(plan, known, partners) for plan in answer.plans]
    own = [item for item in known if item.own]
    return answer.model_copy(update={"company": company, "plans": plans, "record": own})


def partners_for(ask: Ask, question: Question) -> tuple[list[Partner], list[AgainstRow]]:
    """Candidates of every partner step of every plan, by step, best first; and where the record says otherwise."""
    graph = entry_graph(ask.store)
    case, company = _case(ask, graph, question)
    rows = register_rows(ask.store, question.as_of)
    answer = answer_of(Rules(graph), case, question.service, rows, replace(question, draws=100, flips=False))
    steps = partner_steps(
        graph, (s.requirement.id for p in answer.plans for s in p.steps if s.status in ("due", "held"))
    )
    found = candidates(ask, graph, _beside(ask, case, question, company, rows)[1], steps)
    return [partner for step in steps for partner in found[step]], answer.against


def _case(ask: Ask, graph: EntryGraph, question: Question) -> tuple[Case, Ref | None]:
    start = question.start or question.as_of
    if start > _LAST_START:
        hint = f"let it begin on {_LAST_START} at the latest"
        raise ChinaAIError(f"work that begins on {start} has no days left", hint=hint)
    profile: dict[str, str] = {}
    if question.actor is not None:
        profile |= graph.actors[_named("actor", question.actor, graph.actors)].facts
    facts_said = checked(graph, question.facts)
    _agree(graph, question, profile, facts_said)
    ask.lookup.tell(*taken_for(graph, {**question.assume, **question.facts}))
    said = {**from_profile(question.seat or facts_said.get("seat"), question.onshore), **facts_said}
    seat = said.get("seat") or profile.get("seat")
    facts: dict[str, Known] = {}
    company = None
    if question.company is not None:
        company, facts = asker(ask, graph, question.company, question.service, question.as_of, seat)
    elif question.name is not None:
        name = stranger(graph, question.name) or question.name
        facts = recorded(ask, graph, question.service, question.as_of, name=name)
        company = Ref(id="", name=name)
    if "seat" in facts and "capital" in graph.facts and "capital" not in facts:
        domestic = facts["seat"].value == "CN"
        facts["capital"] = Known("domestic" if domestic else "foreign", "assumption", "follows its seat")
    case = case_of(
        graph, question.service, start, profile=profile, graph_facts=_acting(profile, facts), said=said,
        assumed=question.assume, company=question.company,
    )  # fmt: skip
    return case, company


def _named(what: str, text: str, blocks: Mapping[str, ActorSpec] | Mapping[str, StrategySpec]) -> str:
    """Id of the block that a text names by its id, a name or an alias. Raises QueryError that lists the ids."""
    names = {one: key for key, item in blocks.items() for one in (item.name, item.name_zh, *item.aliases) if one}
    return choice(what, text, list(blocks), names)


def _acting(profile: Mapping[str, str], facts: Mapping[str, Known]) -> dict[str, Known]:
    """The graph's facts under the word of an actor; its seat abroad is an example for any other seat abroad."""
    found = dict(facts)
    for name, value in profile.items():
        held = facts.get(name)
        if held is not None and not (name == "seat" and "CN" not in (held.value, value)):
            known = Known(scalar(value), "profile", "profile of who asks").over(held)
            found[name] = held if held.value == known.value else known
    return found


def _agree(graph: EntryGraph, question: Question, profile: Mapping[str, str], said: Mapping[str, str]) -> None:
    """Refuse two options that give one fact of the case two values; the seat of an actor is an example alone.

    Raises:
        QueryError: the message names the fact, both values and where each comes from.
    """
    given = {
        f"by the actor {question.actor}": {name: scalar(value) for name, value in profile.items() if name != "seat"},
        f"by the seat {question.seat}": from_profile(question.seat, None),
        "by onshore": from_profile(None, question.onshore),
        "as set": {**from_profile(said.get("seat"), None), **said},
        "as assumed": question.assume,
    }
    held: dict[str, tuple[str, str]] = {}
    for how, told in given.items():
        for name, value in checked(graph, told).items():
            first, by = held.setdefault(name, (value, how))
            if first != value:
                what = f"'{name}' is given twice: {first} {by}, and {value} {how}"
                raise QueryError(what, "", "leave out one of the two")


def stranger_name(ask: Ask, text: str) -> str | None:
    """Name of a company that only the market-entry rules know, by any of its names."""
    return stranger(entry_graph(ask.store), text)


def _joined(plan: PlanRow, known: list[Precedent], partners: dict[str, list[Partner]]) -> PlanRow:
    """A plan with its partners, and the precedents that passed its own gate or went its own way."""
    ids = [step.requirement.id for step in plan.steps if step.status == "due"]
    asked = {step.requirement.id for step in plan.steps if step.status != "not-applicable"}
    return plan.model_copy(
        update={
            "partners": [p for name in ids for p in partners.get(name, [])[:SHOWN_PARTNERS]],
            "precedents": [
                item for item in known
                if plan.strategy.id in item.strategies or item.requirement in asked
            ],
        }
    )  # fmt: skip


def _beside(
    ask: Ask, case: Case, question: Question, company: Ref | None, rows: Iterable[Row]
) -> tuple[list[Precedent], Seeker]:
    """What stands beside the case, nothing of it denied by the asker: precedents, and who looks for partners."""
    known = _precedents(ask, case, question)
    no = frozenset(denied(case, rows, known))
    seeker = Seeker(company, question.service, case.values().get("seat"), question.as_of, no)
    return [item for item in known if item.id not in no], seeker


def _precedents(ask: Ask, case: Case, question: Question) -> list[Precedent]:
    """Precedents of the kind of service: the company's own first, then those of the same place, then the others; to one
    at home a row whose owner is not known is nearer than one from abroad."""
    rows = ask.run("precedents", service=case.kind or question.service, as_of=question.as_of)
    found = [_precedent(row, question.company) for row in rows]
    at_home = case.values().get("seat") == "CN"

    def place(item: Precedent) -> tuple[Any, ...]:
        far = ("CN" in item.countries) != at_home if item.countries else 0.5 if at_home else True
        return (not item.own, far, item.kind == "case", item.started or "9", item.id)

    return sorted(found, key=place)


def _precedent(row: Any, company: str | None) -> Precedent:
    known: Iterable[tuple[str, str]] = zip(row.company_ids, row.companies, strict=True) if row.company_ids else ()
    return Precedent.like(
        row, id=row.precedent_id, name=row.precedent, own=company is not None and company in row.company_ids,
        who=", ".join(row.companies), companies=[Ref(id=key, name=name) for key, name in known],
    )  # fmt: skip
