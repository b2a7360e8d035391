"""Cases of the dialect test: one statement each, with the rows that both engines must give."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

import neo4j
import yaml
from chinaai.graph.engine.endpoint import Endpoint
from chinaai.graph.native import native
from neo4j.exceptions import Neo4jError

CASES = Path(__file__).parent / "cases"
#: Stands before every case; ids are c1 to c4, m1 to m3 and r1.
FIXTURE = [
    "CREATE (:Company {id: 'c1', name: 'Alpha', founded: 2015, hq: 'US', tags: ['ai', 'lab']})",
    "CREATE (:Company {id: 'c2', name: 'Beta', founded: 2010, hq: 'FR', tags: ['ai']})",
    "CREATE (:Company {id: 'c3', name: 'Gamma', founded: 1998, hq: 'US', tags: ['chips']})",
    "CREATE (:Company {id: 'c4', name: 'Delta', hq: 'DE'})",
    "CREATE (:Model {id: 'm1', name: 'A-1', released: date('2025-02-13'), params: 70})",
    "CREATE (:Model {id: 'm2', name: 'B-1', released: date('2024-06-01'), params: 7})",
    "CREATE (:Model {id: 'm3', name: 'A-2', released: date('2025-09-01')})",
    "CREATE (:Regulation {id: 'r1', name: 'EU AI Act'})",
]
_EDGES = [
    ("c1", "DEVELOPS", "m1", "{confidence: 0.9, source: 's1'}"),
    ("c1", "DEVELOPS", "m3", "{confidence: 0.6, source: 's2'}"),
    ("c2", "DEVELOPS", "m2", "{confidence: 0.8, source: 's3'}"),
    ("c1", "PARTNERS", "c2", "{confidence: 0.8, valid_from: date('2024-01-01')}"),
    ("c2", "PARTNERS", "c3", "{confidence: 0.5, valid_from: date('2023-01-01'), valid_to: date('2024-06-30')}"),
    ("c3", "PARTNERS", "c1", "{confidence: 0.95, valid_from: date('2025-01-01')}"),
    ("c3", "PARTNERS", "c4", "{confidence: 0.7, valid_from: date('2022-05-05')}"),
    ("m1", "SUBJECT_TO", "r1", "{since: date('2025-08-02')}"),
    ("m2", "SUBJECT_TO", "r1", "{since: date('2025-08-02')}"),
]
FIXTURE += [
    f"MATCH (a {{id: '{a}'}}), (b {{id: '{b}'}}) CREATE (a)-[:{kind} {props}]->(b)" for a, kind, b, props in _EDGES
]


_WRITES = re.compile(r"\b(CREATE|MERGE|SET|DELETE|REMOVE|DROP|FOREACH)\b")


@dataclass(frozen=True)
class Outcome:
    """Rows of a statement, or the code with which it was refused. `any` is for what only has to run."""

    rows: list[tuple[Any, ...]] | None = None
    refused: str | None = None


@dataclass(frozen=True)
class Case:
    """A statement, what both engines must answer, and what the embedded one does instead, if it differs."""

    name: str
    cypher: str
    expected: Outcome
    instead: Outcome | None = None
    why: str = ""
    params: dict[str, Any] = field(default_factory=dict)
    before: list[str] = field(default_factory=list)
    unordered: bool = False


def read_cases(file: str) -> list[Case]:
    """Cases of one file. A field that is not known is an error."""
    return [_case(dict(block)) for block in yaml.safe_load((CASES / file).read_text(encoding="utf-8"))]


def _case(block: dict[str, Any]) -> Case:
    expected = _outcome(block)
    other = block.pop("embedded", None)
    return Case(expected=expected, instead=_outcome(other) if other is not None else None, **block)


def _outcome(block: dict[str, Any]) -> Outcome:
    rows, refused = block.pop("rows", None), block.pop("refused", None)
    if (rows is None) == (refused is None):
        raise ValueError(f"either rows or refused: {block}")
    return Outcome(None if rows in (None, "any") else [tuple(row) for row in rows], refused)


class Bench:
    """One database of one engine, with the fixture in it."""

    def __init__(self, endpoint: Endpoint) -> None:
        self.endpoint = endpoint
        auth = (endpoint.username, endpoint.password)
        quiet = "OFF" if endpoint.engine == "neo4j" else None
        self.driver = neo4j.GraphDatabase.driver(endpoint.uri, auth=auth, notifications_min_severity=quiet)
        self._clean = False

    def close(self) -> None:
        self.driver.close()

    def session(self, **options: Any) -> neo4j.Session:
        return self.driver.session(database=self.endpoint.database, **options)

    def reset(self) -> None:
        """Make the fixture stand as it is written; nothing to do where only reads went before."""
        if self._clean:
            return

        def work(tx: neo4j.ManagedTransaction) -> None:
            for statement in ["MATCH (n) DETACH DELETE n", *FIXTURE]:
                tx.run(statement).consume()

        with self.session() as session:
            session.execute_write(work)
        self._clean = True

    def run(self, cypher: str, params: dict[str, Any] | None = None) -> list[tuple[Any, ...]]:
        """Rows of one statement in a transaction of its own, in plain Python values."""
        self._clean = self._clean and _WRITES.search(cypher) is None
        with self.session() as session:
            result = session.run(cypher, params or {})
            return [tuple(native(value) for value in record.values()) for record in result]

    def outcome(self, case: Case) -> Outcome:
        """What this engine makes of a case."""
        self.reset()
        for statement in case.before:
            self.run(statement)
        try:
            rows = self.run(case.cypher, case.params)
        except Neo4jError as error:
            return Outcome(refused=error.code or type(error).__name__)
        return Outcome(rows=_rounded(sorted(rows, key=str) if case.unordered else rows))


def matches(found: Outcome, wanted: Outcome) -> bool:
    """Whether an engine did what is expected; a refusal is told by the end of its code."""
    if wanted.refused is not None:
        return found.refused is not None and found.refused.endswith(wanted.refused)
    return found.refused is None and (wanted.rows is None or found.rows == _rounded(wanted.rows))


def _rounded(value: Any) -> Any:
    """The same with floats of nine digits, so that the last bit of an average does not decide."""
    if isinstance(value, float):
        return float(f"{value:.9g}")
    if isinstance(value, dict):
        return {key: _rounded(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return type(value)(_rounded(item) for item in value)
    return value
