"""Rules of questions that no shipped fact shows, in a small world of their own, on both engines.

Each fact is there for one rule; the rows are worked out from the world by hand.
"""

from __future__ import annotations

import json
import re
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from chinaai.face import KnowledgeGraph
from chinaai.graph.elements import Batch, Edge, Node
from chinaai.graph.store import Store
from chinaai.loaders.base import Loaded, load
from chinaai.loaders.build import build, read_shipped
from chinaai.queries.entry.company import _FILINGS, _PROOFS
from chinaai.queries.entry.inferred import model_contract
from chinaai.queries.params import QueryError

WORLD = """
sources:
- {id: page, publisher: A Paper, published: 2025-03-01, kind: news, url: 'https://news.example/a'}
- {id: gazette, publisher: A Gazette, published: 2024-12-01, kind: official, url: 'https://law.example/g'}
entities:
- {id: acme, type: Company, name: Acme, country: US, layers: [accelerator]}
- {id: acme-cn, type: Company, name: Acme China, country: CN}
- {id: beta, type: Company, name: Beta, country: CN}
- {id: mega, type: Company, name: Mega, country: CN}
- {id: venture, type: Company, name: Venture, country: CN, kind: joint-venture}
- {id: part, type: LegalEntity, name: 'Nearly Nobody Ltd'}
- {id: whole, type: LegalEntity, name: 'Mostly Mega Ltd'}
- {id: a-list, type: ControlList, name: A List, country: US}
- {id: a-market, type: Market, name: A Market}
- {id: line, type: ModelFamily, name: Line}
- {id: one, type: Model, name: Line One}
- {id: two, type: Model, name: Line Two}
- {id: law, type: Instrument, name: A Law, country: CN, effective: 2025-01-01}
- {id: chip, type: Chip, name: A Chip}
facts:
# a unit of Acme works with Acme itself and with Beta
- {id: unit, subject: acme-cn, predicate: SUBSIDIARY_OF, object: acme, status: confirmed, valid_from: 2020-01-01}
- {id: inner, subject: acme-cn, predicate: PARTNERS_WITH, object: acme, status: confirmed, valid_from: 2021-01-01}
- {id: outer, subject: acme-cn, predicate: PARTNERS_WITH, object: beta, status: confirmed, valid_from: 2022-01-01}
# of two registered companies Mega holds the smaller part of one
- {id: less, subject: part, predicate: SUBSIDIARY_OF, object: mega, share: minority, percent: 40, status: confirmed, as_of: 2025-02}
- {id: more, subject: whole, predicate: SUBSIDIARY_OF, object: mega, share: majority, percent: 60, status: confirmed, as_of: 2025-02}
# Acme and Beta quarrel; that they talked was denied
- {id: talked, subject: acme, predicate: NEGOTIATED_WITH, object: beta, status: denied, as_of: 2025-03}
- {id: argued, subject: acme, predicate: DISPUTES_WITH, object: beta, status: confirmed, valid_from: 2025-03-01}
# the gazette tells the first day of a law, and the page that it binds Beta
- {id: first-day, subject: law, predicate: REGULATES, object: mega, status: confirmed, valid_from: 2025-01-01}
- {id: binds, subject: law, predicate: REGULATES, object: beta, status: confirmed, as_of: 2025-03}
# Beta left a group that stands on a list
- {id: left, subject: beta, predicate: SUBSIDIARY_OF, object: mega, status: ended, valid_from: 2019-01-01, valid_to: 2024-06-30}
- {id: listed, subject: mega, predicate: NAMED_IN, object: a-list, status: confirmed, valid_from: 2018-01-01}
# two counts of one share, of which one is preferred
- {id: thirty, subject: acme, metric: market_share, value: 30, unit: percent, market: a-market, status: reported, as_of: 2025-02, conflict: share}
- {id: forty, subject: acme, metric: market_share, value: 40, unit: percent, market: a-market, status: reported, as_of: 2025-02, conflict: share}
# a model that left its line; one that a chip is made to work with
- {id: in-line, subject: one, predicate: IN_FAMILY, object: line, status: ended, valid_from: 2023-01-01, valid_to: 2024-06-30}
- {id: still, subject: two, predicate: IN_FAMILY, object: line, status: confirmed, valid_from: 2023-01-01}
- {id: host-one, subject: beta, predicate: HOSTS, object: one, status: confirmed, valid_from: 2023-02-01}
- {id: with-two, subject: chip, predicate: SUPPORTS, object: two, status: confirmed, valid_from: 2023-02-01}
# Acme designs and builds its chip; it holds a part of a venture, and shares of Mega
- {id: designs, subject: acme, predicate: DEVELOPED, object: chip, status: confirmed, valid_from: 2022-01-01}
- {id: builds, subject: acme, predicate: MANUFACTURED, object: chip, status: confirmed, valid_from: 2022-01-01}
- {id: half, subject: acme, predicate: OWNS_STAKE_IN, object: venture, percent: 50, status: confirmed, valid_from: 2022-01-01}
- {id: bit, subject: acme, predicate: OWNS_STAKE_IN, object: mega, percent: 5, status: confirmed, valid_from: 2022-01-01}
# what a round raised is told in two ways
- {id: ten, subject: beta, metric: amount_raised, value: 10, unit: USD, status: reported, as_of: 2025-02, conflict: round}
- {id: twenty, subject: beta, metric: amount_raised, value: 20, unit: USD, status: reported, as_of: 2025-02, conflict: round}
conflicts:
- {id: round, question: What did Beta raise?, prefer: ten, reason: Its own word.}
- {id: share, question: How large is Acme's share?, prefer: thirty, reason: It counts all.}
"""  # noqa: E501
#: What none of them is about: every fact has one page.
CITED = re.sub("status: (confirmed|ended|reported|denied)", r"status: \1, sources: [page]", WORLD)
CITED = re.sub("(id: first-day.*)page", r"\1gazette", CITED)


@pytest.fixture
def world(store: Store, tmp_path: Path) -> KnowledgeGraph:
    folder = tmp_path / "seeds"
    folder.mkdir()
    (folder / "all.yaml").write_text(CITED, encoding="utf-8")
    (folder / "about.yaml").write_text("reviewed: 2026-11-24\nlicence: CC-BY-4.0\n", encoding="utf-8")
    build(store, read_shipped(folder), today=date(2026, 11, 24))
    return KnowledgeGraph(store)


#: Question, its values, the columns looked at, and their rows.
ASKED: list[tuple[str, dict[str, Any], tuple[str, ...], list[tuple[Any, ...]]]] = [
    ("partnerships", {"company": "acme", "as_of": "2025-01-01"}, ("partner_id", "unit"),
     [("acme-cn", None), ("beta", "Acme China")]),
    ("partnerships", {"company": "acme-cn", "as_of": "2025-01-01"}, ("partner_id",), [("acme",), ("beta",)]),
    ("restrictions", {"company": "beta", "as_of": "2024-06-29"}, ("fact_id", "who"),
     [("listed", "the group above it, Mega"), (None, "Beta")]),  # of Beta itself nothing is known
    ("restrictions", {"company": "beta", "as_of": "2024-06-30"}, ("fact_id", "who"), [(None, "Beta")]),
    ("shares", {"market": "a-market", "as_of": "2025-03-31"}, ("fact_id", "value"), [("thirty", 30.0)]),
    ("market", {"market": "a-market", "as_of": "2025-03-31"}, ("fact_id", "preferred"),
     [("forty", False), ("thirty", True)]),
    ("capital", {"company": "beta", "as_of": "2025-03-31"}, ("fact_id", "value"), [("ten", 10.0), ("twenty", 20.0)]),
    ("onshore", {"company": "acme", "as_of": "2025-03-31"}, ("onshore_id",), [("acme-cn",), ("venture",)]),
    ("stack", {"company": "acme", "as_of": "2025-03-31"}, ("relation", "thing_id", "other_id"),
     [("designs", "chip", None), ("makes", "chip", None)]),
    # a count over February tells nothing before its end
    ("changes", {"start": "2025-02-01", "end": "2025-02-27", "entity": "acme"}, ("fact_id",), []),
    ("changes", {"start": "2025-02-01", "end": "2025-02-28", "entity": "acme"}, ("fact_id", "object"),
     [("forty", "40 percent"), ("thirty", "30 percent")]),
    # a month as both ends of a window is the whole month
    ("changes", {"start": "2025-02", "end": "2025-02", "entity": "acme"}, ("fact_id", "inside"),
     [("forty", True), ("thirty", True)]),
    ("hosts", {"model": "line", "as_of": "2024-06-29"}, ("model_id", "user_id"), [("one", "beta"), ("two", "chip")]),
    ("hosts", {"model": "line", "as_of": "2024-06-30"}, ("model_id", "user_id"), [("two", "chip")]),
]  # fmt: skip


def test_a_registered_company_means_its_owner_where_that_holds_the_greater_part(world: KnowledgeGraph) -> None:
    found = world.lookup.find("Mostly Mega Ltd", ("Company",))
    assert found.id == "mega" and found.told.endswith("asked about its owner mega (Mega, 60 % held)")
    with pytest.raises(QueryError, match="is a legal entity that is not one company's alone; its owners: mega"):
        world.lookup.find("Nearly Nobody Ltd", ("Company",))


def test_a_chain_tells_the_ties_that_it_does_not_follow_and_none_that_was_denied(world: KnowledgeGraph) -> None:
    notes = world.path("acme", "beta", as_of="2025-03-31").notes
    assert len(notes) == 1
    assert notes[0].startswith("not followed, of another kind or ended: argued (DISPUTES_WITH, since 2025-03-01); ")


BASE = {"confidence": 0.8, "confidence_why": "news 0.80", "weak": False, "sources": ["page"]}


def listing(key: str, status: str, since: str, **props: Any) -> Edge:
    return Edge("NAMED_IN", key, ("Company", "beta"), ("ControlList", "a-list"),
                {**BASE, "status": status, "since": since, "known_from": date(2024, 1, 31), **props})  # fmt: skip


#: A loaded list holds Beta for a year; a page tells the same listing less exactly and no end; another denied it.
LISTED = Batch("made-list", [], [
    listing("loaded", "ended", "2024-01-31", editions=["2024-01-31"], until="2025-01-31", valid_to=date(2025, 1, 31)),
    listing("told", "confirmed", "2024-01"), listing("denied", "denied", "2024-01", as_of="2024-05-01"),
])  # fmt: skip


def test_a_listing_told_twice_is_one_while_both_stand_and_never_what_is_denied(world: KnowledgeGraph) -> None:
    load(world.store, Loaded(LISTED), today=date(2026, 11, 24))

    def standing(day: str) -> list[tuple[str | None, str, list[str]]]:
        return [(row.fact_id, row.standing, row.others) for row in world.restrictions("beta", day) if row.fact_id]

    assert standing("2025-01-30") == [("loaded", "named", ["told"])]
    # that it left is told by the list alone
    assert standing("2025-01-31") == [("told", "named", []), ("loaded", "was named", [])]
    rows = world.run("changes", start="2024-01-01", end="2024-12-31", entity="a-list")
    assert [(row.fact_id, row.what, row.others) for row in rows] == [
        ("loaded", "began", ["told"]), ("denied", "denied", []),
    ]  # fmt: skip


def test_rows_are_those_that_the_world_gives(world: KnowledgeGraph) -> None:
    for question, values, columns, expected in ASKED:
        rows = world.run(question, **values)
        assert [tuple(getattr(row, name) for name in columns) for row in rows] == expected, (question, values)


def tie(key: str, kind: str, status: str, since: date, **props: Any) -> Edge:
    return Edge(kind, key, ("Company", "acme"), props.pop("end", ("Company", "beta")),
                {**BASE, "status": status, "since": str(since), "known_from": since, **props})  # fmt: skip


#: Beta made Line One, and a company of Beta's filed it; Acme builds it in. It announced a tie, and had one for a while.
CONTRACT = Batch("made-contract", [
    Node("Filing", "filed", {
        "name": "Line", "kind": "filing", "kind_zh": "备案", "number": "A-1", "number_printed": "A-1", "place": "A",
        "label_part": "Line", "listed": date(2023, 1, 1), "period": "2023-01", "seq": 1, "province": "A", "line": 1,
        "sources": ["page"], "known_from": date(2023, 1, 1),
    }),
    Node("LegalEntity", "beta-le", {"name": "Beta Registered"}),
], [
    Edge.keyed("FILED_BY", ("Filing", "filed"), ("LegalEntity", "beta-le")),
    Edge("SUBSIDIARY_OF", "beta-owns", ("LegalEntity", "beta-le"), ("Company", "beta"),
         {**BASE, "status": "confirmed", "as_of": "2023", "known_from": date(2023, 1, 1)}),
    Edge("DEVELOPED", "made-one", ("Company", "beta"), ("Model", "one"),
         {**BASE, "status": "confirmed", "as_of": "2023", "known_from": date(2023, 1, 1)}),
    tie("uses", "EMBEDS", "confirmed", date(2024, 1, 1), end=("Model", "one")),
    tie("a-plan", "LICENSES_TO", "announced", date(2024, 2, 1)),
    tie("had", "USES_SERVICE_OF", "ended", date(2024, 3, 1), until="2024-12-31", valid_to=date(2024, 12, 31)),
])  # fmt: skip


def test_a_contract_is_known_while_a_tie_was_in_force_and_open_when_one_was_only_announced(
    world: KnowledgeGraph,
) -> None:
    load(world.store, Loaded(CONTRACT), today=date(2026, 11, 24))
    found = {}
    for day in (date(2024, 1, 31), date(2024, 2, 1), date(2024, 3, 1), date(2024, 12, 30), date(2024, 12, 31)):
        known = model_contract(world, ["acme"], day)["model-contract"]
        found[str(day)] = known.value, sorted(held.fact_id for held in known.evidence)
    assert found == {
        "2024-01-31": (None, ["uses"]),
        "2024-02-01": (None, ["a-plan", "uses"]),
        "2024-03-01": ("yes", ["had", "uses"]), "2024-12-30": ("yes", ["had", "uses"]),
        "2024-12-31": (None, ["a-plan", "uses"]),
    }  # fmt: skip


def case(key: str, status: str) -> list[Node | Edge]:
    """A case of Beta's in which a duty was seen to be met."""
    told = {"who": "Beta", "product": "Line", "service": "chat", "place": "A", "status": status, "outcome": "as told"}
    return [
        Node("Case", key, {"name": key, **told, "status_as_of": "2024", "status_from": date(2024, 1, 1),
                           "sources": ["page"]}),
        Edge("CASE_OF", f"{key}/case-of/beta", ("Case", key), ("Company", "beta"), {"role": "company"}),
        Edge("SATISFIES", f"{key}/satisfies", ("Case", key), ("Requirement", "r.gate"),
             {**BASE, "status": "confirmed", "as_of": "2024", "known_from": date(2024, 1, 1), "says": key,
              "holder": "beta"}),
    ]  # fmt: skip


def test_what_a_company_has_goes_with_what_it_sold_and_is_not_shown_by_a_plan(world: KnowledgeGraph) -> None:
    sold = Edge("SUBSIDIARY_OF", "beta-owns", ("LegalEntity", "beta-le"), ("Company", "beta"),
                {**BASE, "status": "ended", "as_of": "2023", "known_from": date(2023, 1, 1), "until": "2025-06-30",
                 "valid_to": date(2025, 6, 30)})  # fmt: skip
    duty = Node("Requirement", "r.gate", {"name": "Gate", "kind": "filing", "summary": "A gate", "spec": "{}",
                                          "when": "always", "when_zh": "任何情形"})  # fmt: skip
    cases = [one for key, status in (("c.done", "approved"), ("c.plan", "announced"), ("c.over", "ended"))
             for one in case(key, status)]  # fmt: skip
    met = Edge.keyed("SATISFIES", ("Filing", "filed"), ("Requirement", "r.gate"))
    load(world.store, Loaded(Batch(
        "made-record", [*CONTRACT.nodes, duty, *(one for one in cases if isinstance(one, Node))],
        [CONTRACT.edges[0], sold, met, *(one for one in cases if isinstance(one, Edge))],
    )), today=date(2026, 11, 24))  # fmt: skip

    def found(text: str, day: date) -> list[str]:
        return [row["fact_id"] for row in world.store.read(text, ids=["beta"], as_of=day)]

    assert [found(_FILINGS, date(2025, 6, day)) for day in (29, 30)] == [["filed"], []]
    assert found(_PROOFS, date(2025, 6, 29)) == ["c.done/satisfies"]


def test_a_fact_is_cited_with_its_own_pages_and_not_with_those_of_its_ends(world: KnowledgeGraph) -> None:
    assert world.store.read("MATCH (n:ChinaAI {id: 'law'}) RETURN n.sources AS pages") == [{"pages": ["gazette"]}]
    for fact, page in (("binds", "page"), ("first-day", "gazette")):
        assert [item["id"] for item in json.loads(world.cite(fact, "csl"))] == [fact, page]
