"""The manifest says at any moment what stands, and a plan that asks it does what one that reads everything would do."""

from __future__ import annotations

import contextlib
import random
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import numpy as np
import pytest
from chinaai.graph import apply, manifest, statements
from chinaai.graph.digest import differing, status, told
from chinaai.graph.elements import Batch, Edge, Node, Stream
from chinaai.graph.errors import StoreError
from chinaai.graph.export import reading
from chinaai.graph.manifest import from_graph, read_manifest
from chinaai.graph.plan import LoadError, make_plan
from chinaai.graph.problems import InputError
from chinaai.graph.store import Store
from chinaai.loaders.base import Loaded, LoadResult, load

TODAY, LATER = date(2026, 11, 28), date(2026, 12, 1)
SOURCE = Node("Source", "a-page", {"name": "A page", "publisher": "Paper", "kind": "news", "licence": "unknown"})
CITED: dict[str, Any] = {
    "status": "reported", "confidence": 0.4, "weak": False, "sources": ["a-page"], "known_from": date(2026, 1, 5),
}  # fmt: skip


def company(number: int, **props: Any) -> Node:
    return Node("Company", f"c{number}", {"name": f"Company {number}", "keys": [f"company{number}"], **props})


def fact(number: int, start: int, end: int, kind: str = "PARTNERS_WITH", **props: Any) -> Edge:
    return Edge(kind, f"f{number}", ("Company", f"c{start}"), ("Company", f"c{end}"), {**CITED, **props})


def batch(nodes: int = 6, edges: int = 8, dataset: str = "made") -> Batch:
    """Companies in a ring with facts between them, two of them parallel."""
    made = Batch(dataset, [SOURCE, *map(company, range(nodes))])
    made.edges = [fact(n, n // 2 % nodes, (n // 2 + 1) % nodes) for n in range(edges)]
    return made


def loaded(store: Store, made: Batch, **options: Any) -> LoadResult:
    return load(store, Loaded(made), today=options.pop("today", TODAY), allow_removals=True, **options)


def stands(store: Store, *datasets: str) -> None:
    """The manifest is what a reading of the whole graph gives, and so is the status that rests on it."""
    for name in datasets or ("made",):
        told_of, there = read_manifest(store, name), from_graph(store, name)
        assert told_of is not None
        assert sorted(told_of.names_of(store, np.arange(len(told_of)))) == sorted(there.names or [])
        assert _lines(told_of) == _lines(there)
    quick, deep = told(store), status(store)
    assert quick == deep and quick is not None and not quick.deep and deep.altered == []


def _lines(found: manifest.Manifest) -> list[tuple[int, bytes, bytes, bool]]:
    columns = zip(found.kinds, found.keys, found.contents, found.closed, strict=True)
    return sorted((int(kind), bytes(key), bytes(content), bool(closed)) for kind, key, content, closed in columns)


@pytest.fixture
def reads_nothing(monkeypatch: pytest.MonkeyPatch) -> Iterator[Callable[[], None]]:
    """From its call on, whoever reads elements of the graph fails."""

    def refuse(*_: Any, **__: Any) -> Iterator[Any]:
        raise AssertionError("the graph was read")

    yield lambda: monkeypatch.setattr(Store, "stream", refuse)


def test_what_is_unchanged_is_known_without_the_graph(store: Store, reads_nothing: Callable[[], None]) -> None:
    assert loaded(store, batch()).counts() == {"added": 15, "changed": 0, "closed": 0, "unchanged": 0}
    stands(store)
    reads_nothing()
    again = loaded(store, batch())
    assert again.plan.empty and again.counts()["unchanged"] == 15
    shuffled = batch()
    random.Random(1).shuffle(shuffled.nodes)
    shuffled.edges = [Edge(e.type, e.fact_id, e.start, e.end, dict(reversed(e.props.items()))) for e in shuffled.edges]
    assert loaded(store, shuffled).counts()["unchanged"] == 15  # neither order nor that of the properties matters
    found = told(store)
    assert found is not None and (found.nodes, found.relationships) == (7, 8)


def test_changes_moves_and_closings(store: Store) -> None:
    loaded(store, batch())
    wanted = batch()
    wanted.nodes[1] = company(0, country="CN")
    wanted.edges[0] = fact(0, 0, 1, note="said anew")
    wanted.edges[1] = fact(1, 2, 3)  # other ends
    wanted.edges[2] = fact(2, 1, 2, kind="COMPETES_WITH")  # another type
    wanted.edges.pop()
    plan = loaded(store, wanted).plan
    assert plan.counts() == {"added": 0, "changed": 4, "closed": 1, "unchanged": 10}
    assert plan.close_edges == [("PARTNERS_WITH", "f7")]
    assert [one.key for one in plan.elements(new=False)] == ["c0", "f0", "f1", "f2"]
    stands(store)
    assert loaded(store, wanted).plan.empty
    back = loaded(store, batch(), today=LATER)  # the fact that was closed is wanted again, the moved one moves back
    assert back.counts() == {"added": 0, "changed": 5, "closed": 0, "unchanged": 10}
    stands(store)
    assert loaded(store, batch(2, 2)).counts()["closed"] == 10
    stands(store)


def test_a_tie_that_had_ended_already_comes_back_too(store: Store) -> None:
    """Closing changes nothing of what it says, only that no load wants it."""
    whole, ended = batch(), {"status": "ended", "valid_to": date(2026, 3, 1)}
    whole.edges[0] = fact(0, 0, 1, **ended)
    less = Batch("made", whole.nodes, whole.edges[1:])
    retired = "MATCH (:ChinaAI)-[r {fact_id: 'f0'}]->(:ChinaAI) RETURN r.retired AS day, r.valid_to AS until"
    loaded(store, whole)
    assert loaded(store, less).counts()["closed"] == 1
    assert store.read(retired) == [{"day": TODAY, "until": date(2026, 3, 1)}]
    stands(store)  # and what a load closed is not told as altered by somebody
    assert loaded(store, whole, today=LATER).counts() == {"added": 0, "changed": 1, "closed": 0, "unchanged": 14}
    assert store.read(retired) == [{"day": None, "until": date(2026, 3, 1)}]
    stands(store)


def test_any_sequence_of_loads(store: Store) -> None:
    drawn = random.Random(15)
    for _ in range(8):
        nodes, edges = drawn.randrange(2, 9), drawn.randrange(1, 14)
        wanted = batch(nodes, edges)
        wanted.nodes[1:] = [company(n, note=f"{drawn.randrange(2)}") for n in range(nodes)]
        kinds = ["PARTNERS_WITH", "COMPETES_WITH", "SUPPLIES"]
        wanted.edges = [
            fact(n, *drawn.sample(range(nodes), 2), drawn.choice(kinds)) for n in drawn.sample(range(14), edges)
        ]
        loaded(store, wanted)
        stands(store)
        assert loaded(store, wanted).plan.empty


@pytest.mark.parametrize("moment", range(1, 7))
def test_broken_off_at_any_transaction(store: Store, monkeypatch: pytest.MonkeyPatch, moment: int) -> None:
    loaded(store, batch())
    wanted = batch(9, 12)
    wanted.nodes[1], wanted.edges[2] = company(0, country="CN"), fact(2, 1, 2, kind="COMPETES_WITH")
    wanted.edges = [edge for edge in wanted.edges if edge.fact_id != "f5"]
    write, done = Store.write, 0

    def counted(self: Store, *args: Any, **options: Any) -> Any:
        nonlocal done
        done += 1
        if done == moment:
            raise KeyboardInterrupt
        return write(self, *args, **options)

    monkeypatch.setattr(Store, "write", counted)
    with pytest.raises(KeyboardInterrupt):
        loaded(store, wanted)
    monkeypatch.undo()
    stands(store)
    loaded(store, wanted)
    stands(store)
    assert loaded(store, wanted).plan.empty
    assert told(store) == status(store)


INDEXES = "SHOW INDEXES YIELD name WHERE name IN ['chinaai_partners_with', 'chinaai_names'] RETURN name"


@pytest.mark.parametrize("moment", [0, 1, 2, 3, 4, -1])
def test_indexes_that_come_after_the_elements(neo4j_store: Store, monkeypatch: pytest.MonkeyPatch, moment: int) -> None:
    """Into an empty database; broken off in a transaction, or as they are made (-1), the next load makes them."""
    for text in ("DROP CONSTRAINT chinaai_partners_with IF EXISTS", "DROP INDEX chinaai_names IF EXISTS"):
        neo4j_store.write([(text, {})])
    monkeypatch.setattr(apply, "MANY", 10)
    write, prepare, done = Store.write, Store.prepare, 0

    def counted(self: Store, *args: Any, **options: Any) -> Any:
        nonlocal done
        done += 1
        if done == moment:
            raise KeyboardInterrupt
        assert neo4j_store.read(INDEXES) == [] or done > 4  # none while elements are written
        return write(self, *args, **options)

    def broken(self: Store, *args: Any, **options: Any) -> None:
        if moment == -1 and not options:
            raise KeyboardInterrupt
        prepare(self, *args, **options)

    monkeypatch.setattr(Store, "write", counted)
    monkeypatch.setattr(Store, "prepare", broken)
    with pytest.raises(KeyboardInterrupt) if moment else contextlib.nullcontext():
        loaded(neo4j_store, batch())
    assert len(neo4j_store.read(INDEXES)) == (0 if moment else 2)
    monkeypatch.undo()
    assert loaded(neo4j_store, batch()).counts()["added"] == {0: 0, 1: 15, 2: 15, 3: 9, 4: 8, -1: 0}[moment]
    assert len(neo4j_store.read(INDEXES)) == 2
    stands(neo4j_store)
    found = read_manifest(neo4j_store, "made")
    assert found is not None and found.admitted and loaded(neo4j_store, batch()).plan.empty


def test_a_node_changes_hands_and_the_former_owner_knows(store: Store) -> None:
    loaded(store, batch(3, 0, "one"))
    loaded(store, Batch("two", [company(7)]))
    wanted = {"one": frozenset({"a-page", "c0", "c1"}), "two": frozenset({"c7", "c2"})}
    given = loaded(store, Batch("two", [company(7), company(2)]), wanted=wanted)
    assert given.counts() == {"added": 0, "changed": 1, "closed": 0, "unchanged": 1}
    stands(store, "one", "two")
    assert loaded(store, batch(2, 0, "one")).plan.empty
    for also in (None, {"one": frozenset({"a-page", "c0", "c1"}), "two": frozenset({"c7", "c2", "c0"})}):
        with pytest.raises(LoadError, match="id 'c0' belongs to data set one"):  # which wants it still, or is not asked
            loaded(store, Batch("two", [company(7), company(2), company(0)]), wanted=also)
    stands(store, "one", "two")


def test_what_is_taken_from_a_data_set_without_a_manifest_makes_none(store: Store) -> None:
    """As of a graph that an older version loaded: the taken node's part would else stand for the whole data set."""
    loaded(store, batch(3, 0, "one"))
    loaded(store, Batch("two", [company(7)]))
    store.write([(statements.FORGET, {"dataset": "one"})])
    wanted = {"one": frozenset({"a-page", "c0", "c1"}), "two": frozenset({"c7", "c2"})}
    loaded(store, Batch("two", [company(7), company(2)]), wanted=wanted)
    assert loaded(store, batch(2, 0, "one")).counts() == {"added": 0, "changed": 0, "closed": 0, "unchanged": 3}
    stands(store, "one", "two")


def test_a_graph_without_a_manifest_is_read_and_gets_one(store: Store, reads_nothing: Callable[[], None]) -> None:
    loaded(store, batch())
    loaded(store, batch(6, 6))
    store.write([(statements.FORGET, {"dataset": "made"})])
    assert told(store) is None
    assert loaded(store, batch(6, 6)).counts() == {"added": 0, "changed": 0, "closed": 0, "unchanged": 13}
    stands(store)
    reads_nothing()
    assert loaded(store, batch(6, 6)).plan.empty


def test_a_manifest_that_can_not_be_read_is_none(store: Store) -> None:
    loaded(store, batch())
    store.write([("MATCH (s:ChinaAIState) WHERE s.kind = 'edge PARTNERS_WITH' SET s.packed = 'AAAA'", {})])
    assert read_manifest(store, "made") is None
    assert loaded(store, batch()).plan.empty
    stands(store)


def test_what_somebody_else_did_is_seen(store: Store) -> None:
    loaded(store, batch())
    store.write([("MATCH (n:ChinaAI {id: 'c1'}) SET n.name = 'Other'", {})])
    assert told(store) is not None and status(store).altered == ["Company c1"]  # only a reading of everything sees it
    assert loaded(store, batch()).plan.empty
    assert loaded(store, batch(), full=True).counts()["changed"] == 1
    stands(store)
    store.write([("MATCH (:ChinaAI)-[r:PARTNERS_WITH {fact_id: 'f3'}]->(:ChinaAI) DELETE r", {})])
    assert told(store) is None  # the database's own count differs
    wanted = batch()
    wanted.edges[3] = fact(3, 1, 2, note="said anew")
    with pytest.raises(StoreError, match=r"the database counts .* somebody else .* run the load again"):
        loaded(store, wanted)
    assert loaded(store, wanted).counts() == {"added": 1, "changed": 0, "closed": 0, "unchanged": 14}
    stands(store)


def test_what_somebody_else_added_is_counted(store: Store) -> None:
    loaded(store, batch())
    assert differing(store) == []
    more = "MATCH (a:ChinaAI {id: 'c1'}), (b:ChinaAI {id: 'c2'}) CREATE (a)-[:PARTNERS_WITH {fact_id: 'more'}]->(b)"
    store.write([(more, {})])
    assert differing(store) == ["9 PARTNERS_WITH in place of 8"]
    store.write([("MATCH (:ChinaAI)-[r:PARTNERS_WITH]->(:ChinaAI) WHERE r.fact_id IN ['f0', 'more'] DELETE r", {})])
    assert differing(store) == ["7 PARTNERS_WITH in place of 8"]


def test_a_bucket_that_somebody_changed_hides_nothing(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Buckets only divide what is read: here, in a status, and in an export, in one page and in several."""
    loaded(store, batch(60, 90))
    for number, bucket in enumerate(("null", "999", "-5", "'x'")):
        store.write([(f"MATCH (n:ChinaAI {{id: 'c{number}'}}) SET n.bucket = {bucket}", {})])
        text = f"MATCH (:ChinaAI)-[r:PARTNERS_WITH]->(:ChinaAI) WHERE r.fact_id = 'f{number}' SET r.bucket = {bucket}"
        store.write([(text, {})])
    for size in (1000, 10):
        monkeypatch.setattr(manifest, "_PAGE", size)
        monkeypatch.setattr(reading, "PAGE", size)
        stands(store)
        reader = reading.Reader(store)
        assert {node.id for node in reader.nodes()} == {"a-page", *(f"c{number}" for number in range(60))}
        assert {edge.fact_id for edge in reader.edges()} == {f"f{number}" for number in range(90)}


def test_a_large_graph_is_read_by_pages(embedded_store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    """Each is a statement of its own, since the engine cuts one that takes long."""
    loaded(embedded_store, batch(60, 90))
    asked: list[dict[str, Any]] = []
    stream = Store.stream
    monkeypatch.setattr(
        Store, "stream", lambda store, text, **params: asked.append(params) or stream(store, text, **params)
    )
    monkeypatch.setattr(manifest, "_PAGE", 40)
    stands(embedded_store)
    assert len(asked) == 2 * 2 * 4  # of 151 elements: 4 pages, of nodes and of edges, for each of the two readings
    assert {(one["low"], one["high"]) for one in asked} == {(-(2**62), 64), (64, 128), (128, 192), (192, 2**62)}


def test_many_small_loads_leave_few_parts(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "_MANY", 4)
    monkeypatch.setattr(manifest, "_MANY_EACH", 1)
    for number in range(12):
        wanted = batch()
        wanted.edges[number % 8] = fact(number % 8, 0, 1, note=f"{number}")
        loaded(store, wanted)
    found = read_manifest(store, "made")
    assert found is not None and len(found.ids) < 12
    stands(store)


def test_a_stream_is_read_twice_and_held_never(store: Store) -> None:
    read = {"nodes": 0, "edges": 0}

    def nodes() -> Iterator[Node]:
        read["nodes"] += 1
        yield from batch().nodes

    def edges() -> Iterator[Edge]:
        read["edges"] += 1
        yield from batch().edges

    result = load(store, Loaded(Batch("made"), stream=Stream("made", nodes, edges)), today=TODAY)
    assert (result.counts()["added"], read) == (15, {"nodes": 2, "edges": 2})
    stands(store)
    assert loaded(store, batch()).plan.empty
    assert load(store, Loaded(Batch("made"), stream=Stream("made", nodes, edges)), today=TODAY).plan.empty
    assert read == {"nodes": 3, "edges": 3}


@pytest.mark.parametrize("other", ["longer", "shorter", "altered"])
def test_a_stream_that_says_something_else_the_second_time_is_refused(embedded_store: Store, other: str) -> None:
    readings = 0

    def edges() -> list[Edge]:
        nonlocal readings
        readings += 1
        first = batch().edges
        again = {"longer": [*first, fact(99, 0, 1)], "shorter": first[:-1], "altered": [fact(0, 0, 1, note="x")]}
        return first if readings == 1 else again[other]

    stream = Stream("made", lambda: batch().nodes, edges)
    with pytest.raises(LoadError, match="the input changed while it was loaded"):
        load(embedded_store, Loaded(Batch("made"), stream=stream), today=TODAY)
    stands(embedded_store)
    assert loaded(embedded_store, batch()).counts()["added"] + 0 in (8, 15)
    stands(embedded_store)


def test_ids_that_stand_twice_are_told(embedded_store: Store) -> None:
    def told_of(wanted: Batch) -> set[str]:
        with pytest.raises(InputError) as caught:
            make_plan(embedded_store, wanted)
        return {problem.message.split("'")[1] for problem in caught.value.problems if problem.code == "DUPLICATE-ID"}

    for _ in range(2):  # before and after they stand
        twice = batch()
        twice.nodes += [company(1), Node("Product", "c2", {"name": "Other"})]
        twice.edges += [fact(1, 0, 1), fact(2, 0, 1, kind="SUPPLIES")]
        assert told_of(twice) == {"c1", "c2", "f1", "f2"}
        loaded(embedded_store, batch())


def test_an_element_that_stands_passes_the_gate_again_when_its_rules_changed(
    embedded_store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:  # fmt: skip
    loaded(embedded_store, batch())
    embedded_store.write([(statements.ADMITTED, {"dataset": "made", "rules": "other"})])
    found = read_manifest(embedded_store, "made")
    assert found is not None and not found.admitted
    checked: list[int] = []
    monkeypatch.setattr("chinaai.graph.gate.Gate.edges", lambda self, edges: checked.append(len(edges)))
    assert loaded(embedded_store, batch()).plan.empty
    assert checked == [8]
    found = read_manifest(embedded_store, "made")
    assert found is not None and found.admitted
    checked.clear()
    loaded(embedded_store, batch())
    assert checked == []
