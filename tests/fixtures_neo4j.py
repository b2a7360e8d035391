"""One real Neo4j server for a whole test run, emptied between tests.

Where its artifacts can't be fetched, the tests that need it are skipped and the summary says why;
CHINAAI_TEST_NEO4J=required turns that into a failure.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import neo4j
import pytest
from chinaai.graph.engine.endpoint import Endpoint
from chinaai.graph.engine.local_neo4j import LocalNeo4j
from chinaai.graph.errors import EngineError


@pytest.fixture(scope="session")
def neo4j_server(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Endpoint]:
    """The server's address; ended by its own process id at the end of the run."""
    chosen = os.environ.get("CHINAAI_TEST_NEO4J_HOME")
    server = LocalNeo4j(Path(chosen) if chosen else tmp_path_factory.mktemp("neo4j-home"))
    try:
        endpoint = server.start(on_progress=print)
    except EngineError as error:
        if os.environ.get("CHINAAI_TEST_NEO4J") == "required":
            raise
        pytest.skip(f"no Neo4j server: {error}")
    try:
        yield endpoint
    finally:
        server.stop()


@pytest.fixture
def neo4j_endpoint(neo4j_server: Endpoint) -> Endpoint:
    """The server's address, its database emptied of data and of all constraints but our own.

    Ours stand `IF NOT EXISTS` in every load, and making ninety of them for each test takes seconds.
    """
    empty(neo4j_server)
    return neo4j_server


def empty(endpoint: Endpoint, *, ours_too: bool = False) -> None:
    """Take everything out of the database; our own constraints only where `ours_too` is set."""
    spare = "" if ours_too else "chinaai_"
    auth = (endpoint.username, endpoint.password)
    with neo4j.GraphDatabase.driver(endpoint.uri, auth=auth) as driver, driver.session() as session:
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()
        for row in list(session.run("SHOW CONSTRAINTS YIELD name")):
            if spare and row["name"].startswith(spare):
                continue
            session.run(f"DROP CONSTRAINT `{row['name']}`").consume()
        for row in list(
            session.run(
                "SHOW INDEXES YIELD name, type, owningConstraint WHERE type <> 'LOOKUP' AND owningConstraint IS NULL RETURN name"
            )
        ):
            session.run(f"DROP INDEX `{row['name']}`").consume()
