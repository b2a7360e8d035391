"""A statement in the form that a server is sent means what it meant."""

from __future__ import annotations

from datetime import date

import pytest
from chinaai.graph.one_plan import sent
from chinaai.graph.store import Store

#: Values that a server would keep plans of their own for: of every type, none, and of several magnitudes.
VALUES = [
    None,
    True,
    7,
    0.5,
    "",
    "Qwen",
    "通义千问" * 40,
    date(2026, 11, 28),
    [],
    ["a"],
    list(range(2000)),
    {"a": {"b": [1]}},
]


def test_parameters_are_parts_of_one_and_nothing_else_is_touched() -> None:
    text = (
        "MATCH (n {id: $id}) // the maker's $note, \"and more\n"
        "WHERE n.`a $b` = '$x \\' $y' AND n.name IN [\"$z\", $名, $id] /* $one's\n$two */ RETURN n LIMIT $limit"
    )
    params = {"id": "a", "名": "b", "limit": 3}
    wanted = (
        "MATCH (n {id: $given.id}) // the maker's $note, \"and more\n"
        "WHERE n.`a $b` = '$x \\' $y' AND n.name IN [\"$z\", $given.名, $given.id] /* $one's\n$two */ RETURN n "
        "LIMIT $given.limit"
    )
    assert sent(text, params, "neo4j") == (wanted, {"given": params})
    assert sent(text, params, "embedded") == (text, params)
    assert sent("SHOW INDEXES", {}, "neo4j") == ("SHOW INDEXES", {})


@pytest.mark.parametrize("value", VALUES, ids=repr)
def test_values_arrive_as_they_are(store: Store, value: object) -> None:
    text = "RETURN $value AS value, '$value' AS said, $value IS NULL AS none // it's the $value"
    assert store.read(text, value=value) == [{"value": value, "said": "$value", "none": value is None}]
    assert list(store.stream(text, value=value)) == [{"value": value, "said": "$value", "none": value is None}]


def test_what_is_written_and_found_by_parts_of_it(store: Store) -> None:
    rows = [{"id": f"n{number}", "day": date(2026, 1, number)} for number in range(1, 8)]
    done = store.write([
        ("UNWIND $rows AS row CREATE (n:ChinaAI:Company {id: row.id}) SET n.since = row.day, n.note = $note",
         {"rows": rows, "note": "it's $5"}),
        ("MATCH (n:ChinaAI {id: $id}) SET n.name = $name", {"id": "n3", "name": "Three"}),
    ])  # fmt: skip
    assert done.nodes_created == 7
    found = (
        "MATCH (n:ChinaAI) WHERE n.id IN $ids AND n.since >= $day RETURN n.id AS id, n.name AS name, n.note AS note "
        "ORDER BY id SKIP $skip LIMIT $limit"
    )
    assert store.read(found, ids=["n1", "n3", "n5", "n6"], day=date(2026, 1, 2), skip=0, limit=2) == [
        {"id": "n3", "name": "Three", "note": "it's $5"}, {"id": "n5", "name": None, "note": "it's $5"},
    ]  # fmt: skip
