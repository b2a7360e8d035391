"""The plain loop over the driver beside which loads are measured: what somebody writes who knows the driver."""

from __future__ import annotations

import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import neo4j
from chinaai.graph import statements
from chinaai.graph.elements import Edge, Node, bucket_of
from chinaai.graph.engine.endpoint import Endpoint
from chinaai.graph.engine.local_neo4j import LocalNeo4j
from chinaai.graph.store import BATCH
from chinaai.graph.words import words_of

#: Statements and the rows of each.
Work = list[tuple[str, list[dict[str, Any]]]]


@contextmanager
def own_server(home: Path | None = None) -> Iterator[LocalNeo4j]:
    """A Neo4j server that is ended at the end, by its own process id.

    Args:
        home: its folder, which is kept; a temporary one by default.
    """
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        server = LocalNeo4j(home or Path(folder) / "server")
        try:
            yield server
        finally:
            server.stop()


@contextmanager
def session_of(endpoint: Endpoint) -> Iterator[neo4j.Session]:
    """A session of a driver as anybody would open it."""
    account = (endpoint.username, endpoint.password)
    with (
        neo4j.GraphDatabase.driver(endpoint.uri, auth=account) as driver,
        driver.session(database=endpoint.database) as session,
    ):
        yield session


def empty(endpoint: Endpoint) -> None:
    """Take everything out of the database, and its constraints and indexes."""
    with session_of(endpoint) as session:
        # One transaction that goes through a million nodes would need more memory than the server has.
        while session.run("MATCH (n) WITH n LIMIT 2000 DETACH DELETE n RETURN count(*) AS n").single(strict=True)["n"]:
            pass
        for name in session.run("SHOW CONSTRAINTS YIELD name").value():
            session.run(f"DROP CONSTRAINT `{name}`").consume()
        for name in session.run("SHOW INDEXES YIELD name, type WHERE type <> 'LOOKUP' RETURN name").value():
            session.run(f"DROP INDEX `{name}`").consume()


def ready_made(
    nodes: Iterable[Node], edges: Iterable[Edge], *, dataset: str = "", nodes_again: bool = False,
    edges_again: bool = False,
) -> Work:  # fmt: skip
    """The statements and rows of elements, by type.

    Args:
        dataset: where it is named, rows have all that a load writes of an element, not its own properties alone.
        nodes_again: MERGE on `id`, as a loop needs that may run twice, in place of CREATE, for an empty graph alone.
        edges_again: the same on `fact_id`.
    """
    work: dict[str, list[dict[str, Any]]] = defaultdict(list)
    for node in nodes:
        text = f"UNWIND $rows AS row MERGE (n:ChinaAI {{id: row.props.id}}) SET n:{node.label}, n = row.props"
        held = work[text if nodes_again else statements.create_nodes(node.label)]
        held.append({"props": _written(node, dataset)})
    for edge in edges:
        text = (
            "UNWIND $rows AS row MATCH (a:ChinaAI {id: row.start}) MATCH (b:ChinaAI {id: row.end}) "
            f"MERGE (a)-[r:{edge.type} {{fact_id: row.props.fact_id}}]->(b) SET r = row.props"
        )
        held = work[text if edges_again else statements.create_edges(edge.type)]
        held.append({"start": edge.start[1], "end": edge.end[1], "props": _written(edge, dataset)})
    return list(work.items())


def _written(element: Node | Edge, dataset: str) -> dict[str, Any]:
    if not dataset:
        return dict(element.props)
    words = words_of(element.props)
    found = {**element.props, "hash": element.hash, "bucket": bucket_of(element.key), "dataset": dataset}
    return {**found, "words": words} if words else found


def send(session: neo4j.Session, work: Work, size: int = BATCH) -> None:
    """Write the rows, `size` of them in a statement, one managed transaction a statement."""
    for text, rows in work:
        for begin in range(0, len(rows), size):
            part = rows[begin : begin + size]
            session.execute_write(lambda tx, t=text, p=part: tx.run(t, rows=p).consume())


def timed(action: Callable[[], Any]) -> tuple[float, Any]:
    """Seconds of wall clock, and what the action gave."""
    begun = time.perf_counter()
    done = action()
    return time.perf_counter() - begun, done
