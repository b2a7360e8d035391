"""The gate holds a batch made by hand to what curated facts are held to: days, parts, and what belongs to them."""

from __future__ import annotations

from datetime import date
from typing import Any

import numpy as np
import pytest
from chinaai.face import KnowledgeGraph
from chinaai.graph.elements import Batch, Edge, Node, Stream
from chinaai.graph.gate import admit, by_themselves
from chinaai.graph.plan import LoadError
from chinaai.graph.store import Store
from chinaai.loaders.base import Loaded, load

TODAY = date(2026, 11, 24)
SOURCE = Node("Source", "a-page", {"name": "A page", "publisher": "Paper", "kind": "news"})
ACME, BETA = (Node("Company", key, {"name": key.title()}) for key in ("acme", "beta"))
CITED: dict[str, Any] = {"status": "reported", "confidence": 0.4, "sources": ["a-page"], "known_from": date(2026, 1, 5)}
FIGURE: dict[str, Any] = {"name": "F", "metric": "revenue", "value": 1.0, "unit": "USD", **CITED}


def edge(kind: str = "PARTNERS_WITH", key: str = "a-fact", ends: str = "acme beta", **props: Any) -> Edge:
    start, end = ends.split()
    return Edge(kind, key, ("Company", start), ("Company", end), {**CITED, **props})


def figure(key: str = "obs", of: tuple[str, str] = ("Company", "acme"), **props: Any) -> tuple[Node, Edge]:
    node = Node("Observation", key, {**FIGURE, **props})
    return node, Edge("OF", f"{key}/of", ("Observation", key), of)


def company(**props: Any) -> Node:
    return Node("Company", "new", {"name": "New", **props})


def source(**props: Any) -> Node:
    return Node("Source", "new", {"name": "N", "publisher": "P", "kind": "news", **props})


def _odd(name: Any) -> Any:
    """A property that no type checker would let pass."""
    return {name: "x"}


def batch(*elements: Node | Edge, dataset: str = "strange") -> Batch:
    made = Batch(dataset, [SOURCE, ACME, BETA])
    made.nodes += [item for item in elements if isinstance(item, Node)]
    made.edges += [item for item in elements if isinstance(item, Edge)]
    return made


def told(*elements: Node | Edge) -> list[str]:
    return [str(problem).removeprefix("data set strange ") for problem in by_themselves(batch(*elements), TODAY)]


MISTYPED = "a digit was mistyped, or the clock of this machine is wrong"
ENDED, ANNOUNCED = {"status": "ended"}, {"known_from_basis": "announced"}
DAYS: dict[str, tuple[Node | Edge, str]] = {
    "ends before it is known": (
        edge(valid_to=date(2025, 1, 1)),
        "DATE 'a-fact': valid_to can't be 2025-01-01; it is not after known_from, 2026-01-05; "
        "the fact would be in no answer",
    ),
    "ends as it begins": (
        edge(**ENDED, since="2026-01-05", known_from_basis="valid_from", valid_to=date(2026, 1, 5)),
        "DATE 'a-fact': valid_to can't be 2026-01-05; it is not after known_from, 2026-01-05; "
        "the fact would be in no answer",
    ),
    "known before it begins": (
        edge(since="2027-05", known_from=date(2020, 1, 1)),
        "DATE 'a-fact': known_from can't be 2020-01-01; it is before since, '2027-05'; write 2027-05-01",
    ),
    "basis without its day": (
        edge(**ANNOUNCED),
        "DATE 'a-fact': known_from_basis can't be 'announced'; there is no 'announced'; "
        "give it, or leave the basis out",
    ),
    "basis of another day": (
        edge(**ANNOUNCED, announced="2025-03"),
        "DATE 'a-fact': known_from can't be 2026-01-05; by its basis it is that of announced, '2025-03'; "
        "write 2025-03-01",
    ),
    "basis of nothing": (
        edge(known_from_basis="source", known_from=None),
        "DATE 'a-fact': known_from_basis can't be 'source'; there is no 'known_from'; give it, or leave the basis out",
    ),
    "ended at no time": (
        edge(**ENDED),
        "DATE 'a-fact': status can't be 'ended' without 'valid_to'; "
        "give valid_to: the day it ended, or that of its newest source",
    ),
    "figure that ended at no time": (
        figure(**ENDED)[0],
        "DATE 'obs': status can't be 'ended' without 'valid_to'; "
        "give valid_to: the day it ended, or that of its newest source",
    ),
    "ended in the future": (
        edge(**ENDED, until="2099-05-01", valid_to=date(2099, 5, 1)),
        "DATE 'a-fact': status can't be 'ended'; it ends 2099-05-01; say so when it has ended",
    ),
    "until another day": (
        edge(until="2026-07-09", valid_to=date(2026, 9, 1)),
        "DATE 'a-fact': valid_to can't be 2026-09-01; until is '2026-07-09'; write 2026-07-09",
    ),
    "published in the future": (
        source(published="2099"), f"DATE 'new': published '2099' lies in the future; {MISTYPED}"
    ),
    "read in the future": (
        source(retrieved="2099-01-02"), f"DATE 'new': retrieved '2099-01-02' lies in the future; {MISTYPED}"
    ),
    "announced before there was a wire": (
        edge(announced="0202-05"), f"DATE 'a-fact': announced '0202-05' lies too far back; {MISTYPED}"
    ),
    "first day of another month": (
        source(published="2026-02", published_from=date(2026, 2, 13)),
        "DATE 'new': published_from can't be 2026-02-13; published is '2026-02'; it is the first day of 'published'",
    ),
    "first day of nothing": (
        figure(date_from=date(2026, 2, 13))[0],
        "DATE 'obs': date_from can't be 2026-02-13; there is no 'date'; it is the first day of 'date'",
    ),
}  # fmt: skip
PARTS: dict[str, tuple[Node | Edge, str]] = {
    "tie to itself": (
        edge(ends="acme acme"), "EDGE-END 'a-fact': 'acme' can't stand on both ends; a tie is between two"
    ),
    "whole share of twelve": (
        edge("OWNS_STAKE_IN", share="wholly", percent=12.0),
        "VALUE 'a-fact': share 'wholly' means 100 percent, and percent is 12; mend one of the two",
    ),
    "minority of sixty": (
        edge("OWNS_STAKE_IN", share="minority", percent=60.0),
        "VALUE 'a-fact': share 'minority' means at most 50 percent, and percent is 60; mend one of the two",
    ),
    "unseen and confirmed": (
        edge(status="confirmed", unseen=True),
        "VALUE 'a-fact': a fact whose page was not found again has status reported; mend one of the two",
    ),
    "reason for nothing": (
        edge(unseen_reason="gone"),
        "VALUE 'a-fact': unseen_reason says why a page was not found again, and unseen is not true; "
        "mend one of the two",
    ),
    "preferred to nothing": (
        edge(preferred=True),
        "VALUE 'a-fact': preferred can't be True; it is no side of a conflict; name its 'conflict'",
    ),
    "step without a day": (
        edge(steps=["extended to cars"]),
        "VALUE 'a-fact': steps can't be 'extended to cars'; begin it with its day, as '2024 extended to cars'",
    ),
    "steps in no order": (
        edge(steps=["2025-03 cars", "2024 phones"]),
        "VALUE 'a-fact': steps can't have 2024 after 2025-03; steps stand with the oldest first",
    ),
    "reading of no form": (
        edge(read=["looked fine"]),
        "VALUE 'a-fact': read can't be 'looked fine'; write day, verdict and reader, as '2026-11-28 right (kc)'",
    ),
    "reading on no day": (
        edge(read=["2026-02-30 right (kc)"]),
        "VALUE 'a-fact': read can't be '2026-02-30 right (kc)'; "
        "write day, verdict and reader, as '2026-11-28 right (kc)'",
    ),
    "side that is preferred and none": (
        Node("Conflict", "conflict.x", {"name": "Q", "question": "Q", "conflict": "x", "facts": ["a", "b"],
                                        "prefer": "c", "reason": "r"}),
        "VALUE 'conflict.x': prefer can't be 'c'; it is no side of this conflict; sides: a, b",
    ),
    "fewer than none": (
        figure(metric="parameters", value=-5.0, unit="parameters")[0],
        "VALUE 'obs': metric parameters can't be -5 parameters; it is 1 or more",
    ),
    "more than all": (
        figure(metric="market_share", value=130.0, unit="percent")[0],
        "VALUE 'obs': metric market_share can't be 130 percent; it is 100 or less",
    ),
    "check digits of a legal entity": (
        company(lei="HWUPKR0MPOU8FGXBT395"),
        "CHECK-DIGIT 'new': LEI 'HWUPKR0MPOU8FGXBT395' fails its check digits (ISO 17442); copy it anew",
    ),
    "check digit of a credit code": (
        company(uscc="914403001922038217"),
        "CHECK-DIGIT 'new': USCC '914403001922038217' fails its check digit (GB 32100); copy it anew",
    ),
    "larger place as a property": (
        Node("Jurisdiction", "j", {"name": "J", "part_of": ["nowhere"]}),
        "UNKNOWN-PROPERTY 'j': 'part_of' is written in seeds alone; give an edge PART_OF to each larger place",
    ),
    "group": (company(bucket=3), "UNKNOWN-PROPERTY 'new': 'bucket' is written by the store itself; leave it out"),
    "property of a number": (
        Node("Company", "new", {"name": "New", **_odd(5)}),
        "VALUE 'new': a property can't be named 5; write the name of a declared property",
    ),
}  # fmt: skip


@pytest.mark.parametrize("case", [*DAYS, *PARTS])
def test_what_contradicts_itself_is_told_in_one_sentence(case: str) -> None:
    element, words = {**DAYS, **PARTS}[case]
    around = [Edge("OF", "obs/of", ("Observation", "obs"), ("Model", "m"))] if element.key == "obs" else []
    if element.key == "obs" and element.props["metric"] in ("revenue", "market_share"):
        around = [figure()[1]]
    assert told(element, *around) == [words]


@pytest.mark.parametrize(
    "name", ["A\u202eB", "A\x85B", "A\u2028B", " A", "A ", "\u3000A", "A\u200bB", "x" * 501], ids=ascii
)
def test_a_name_is_one_line_that_can_be_seen_with_nothing_around_it(name: str) -> None:
    for element in (company(name=name), company(aliases=[name]), source(name=name)):
        [line] = told(element)
        assert line.startswith(("VALUE 'new': name can't be ", "VALUE 'new': aliases can't be ")), line
        assert ("on one line" in line) != (len(name) > 500)


def test_what_a_curator_may_say_passes() -> None:
    late = edge(**ENDED, known_from_basis="source", until="2025-05", valid_to=date(2025, 6, 1))  # told when it was over
    span = edge(key="span", as_of="2025-Q3", known_from=date(2025, 10, 1), known_from_basis="as_of", scope="cars")
    steps = edge(key="steps", steps=["2024 a", "2024-05 b", "2024-H1 c"], read=["2026-11-28 mended (kc): day"])
    owned = edge("OWNS_STAKE_IN", key="owned", share="wholly", percent=100.0)
    loss = figure(metric="net_profit", value=-3.0)
    assert told(late, span, steps, owned, *loss, company(note="two\nlines\tand more", name="A\u00a0B")) == []


@pytest.mark.parametrize("streamed", [False, True])
def test_the_days_between_which_a_fact_counts_follow_from_what_it_says(embedded_store: Store, streamed: bool) -> None:
    made = batch(
        edge(key="a", known_from=None, since="2024-03", until="2024-09"),
        edge(key="c", known_from=date(2025, 1, 1), since="2024-03", scope="given stays as it is"),
    )
    stream = Stream("strange", lambda: made.nodes, lambda: made.edges) if streamed else None
    load(embedded_store, Loaded(Batch("strange") if streamed else made, stream=stream), today=TODAY)
    words = (
        "MATCH ()-[r:PARTNERS_WITH]->() RETURN r.fact_id AS id, r.known_from AS since, r.valid_to AS until ORDER BY id"
    )
    assert [tuple(row.values()) for row in embedded_store.read(words)] == [
        ("a", date(2024, 3, 1), date(2024, 10, 1)), ("c", date(2025, 1, 1), None)
    ]  # fmt: skip


def test_a_day_that_is_none_is_told_as_that() -> None:
    [line] = told(edge(known_from=None, since="soon"))
    assert line.startswith("VALUE 'a-fact': since can't be 'soon'; ")


def test_a_figure_is_of_one_thing_that_its_metric_may_be_of() -> None:
    node, of = figure()
    hint = "give one Edge('OF', …) from it to what it is about"
    assert told(node) == [f"FIGURE 'obs': a figure is of one thing, and it has no edge OF; {hint}"]
    more = Edge("OF", "obs/of-2", ("Observation", "obs"), ("Company", "beta"))
    assert told(node, of, more) == [f"FIGURE 'obs': a figure is of one thing, and it has 2 edges OF; {hint}"]
    wrong = figure(metric="parameters", value=7e9, unit="parameters")
    assert told(*wrong) == [
        "VALUE 'obs': metric parameters can't be of the type 'Company'; allowed: Model, ModelFamily"
    ]


def test_sides_of_a_conflict_stand(embedded_store: Store) -> None:
    props = {"name": "Q", "question": "Q", "conflict": "x"}
    asked = Node("Conflict", "conflict.x", {**props, "facts": ["a-fact", "b-fact"]})
    first, second = edge(conflict="x"), edge(key="b-fact", conflict="x", scope="cars")
    assert admit(batch(asked, first, second), embedded_store) == []
    assert [str(one) for one in admit(batch(asked, first), embedded_store)] == [
        "data set strange MISSING-FACT 'conflict.x': 'b-fact' in its 'facts' does not stand; "
        "load it first, or put it into the batch"
    ]
    load(embedded_store, Loaded(batch(edge(key="b-fact"))), today=TODAY)
    assert admit(Batch("later", [asked], [first]), embedded_store) == []


def test_no_place_lies_in_itself() -> None:
    places = [Node("Jurisdiction", key, {"name": key}) for key in "abc"]
    ends = [(("Jurisdiction", start), ("Jurisdiction", end)) for start, end in ("ab", "bc", "ca")]
    edges = [Edge("PART_OF", f"{s[1]}/part-of", s, e) for s, e in ends]
    assert told(*places, *edges[:2]) == []
    [line] = told(*places, *edges)
    assert line.startswith("EDGE-END '") and line.endswith("; take out one edge PART_OF")
    assert "it would lie in itself: " in line


def test_an_unknown_sentence_and_an_empty_source_are_one_problem_each(embedded_store: Store) -> None:
    assert [str(one.message) for one in admit(batch(edge(seed=["p1s1"])), embedded_store)] == [
        "'a-fact': SeedSentence 'p1s1' does not stand"
    ]
    [problem] = admit(batch(edge(sources=[""])), embedded_store)
    assert problem.message == "'a-fact': sources can't be ''"


def test_numbers_of_numpy_are_numbers(embedded_store: Store) -> None:
    made = batch(edge(confidence=np.float32(0.5), weak=np.bool_(False)), *figure(value=np.int64(7)))
    load(embedded_store, Loaded(made), today=TODAY)
    assert embedded_store.read("MATCH (:Company)-[r:PARTNERS_WITH]->() RETURN r.confidence AS c") == [{"c": 0.5}]


@pytest.mark.parametrize("streamed", [False, True])
def test_names_without_keys_are_found(embedded_store: Store, streamed: bool) -> None:
    quux = Node("Company", "quux", {"name": "Alpha Quux Co., Ltd.", "name_zh": "阿尔法公司"})
    made = batch(quux, edge(ends="quux acme"))
    stream = Stream("strange", lambda: made.nodes, lambda: made.edges) if streamed else None
    loaded = Loaded(Batch("strange") if streamed else made, stream=stream)
    load(embedded_store, loaded, today=TODAY)
    assert load(embedded_store, loaded, today=TODAY, full=True).plan.empty
    for name in ("Alpha Quux", "alpha quux co ltd", "阿尔法公司"):
        assert [row.fact_id for row in KnowledgeGraph(embedded_store).partnerships(company=name)] == ["a-fact"], name


def test_an_empty_file_does_not_empty_a_small_data_set(embedded_store: Store) -> None:
    load(embedded_store, Loaded(batch(edge())), today=TODAY)
    with pytest.raises(LoadError, match="the load would close 4 of 4 elements"):
        load(embedded_store, Loaded(Batch("strange")), today=TODAY)
    assert load(embedded_store, Loaded(batch()), today=TODAY).counts()["closed"] == 1
