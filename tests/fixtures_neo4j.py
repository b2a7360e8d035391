"""Real Neo4j servers for a test run: one of their own for the tests of each process, emptied between tests.

Where it can't be had, the tests that need it are skipped and the summary says how many and why;
CHINAAI_TEST_NEO4J=required turns that into a failure. Two runs at the same time have servers each.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import Any

import neo4j
import pytest
from chinaai.graph.engine import local_neo4j
from chinaai.graph.engine.conf import configuration
from chinaai.graph.engine.endpoint import Endpoint
from chinaai.graph.engine.local_neo4j import LocalNeo4j
from chinaai.graph.errors import EngineError
from workers import Run

_SKIP = "no Neo4j server"

#: Names of our own constraints begin so.
OURS = "chinaai_"


@pytest.fixture(scope="session", autouse=True)
def plans_are_kept() -> Iterator[None]:
    """A server keeps the plan of a statement it knows, however full or empty its graph has become meanwhile.

    It would make them anew ten seconds later, and graphs of tests are filled and emptied all the time.
    """

    def told(*given: Any) -> str:
        return configuration(*given) + "dbms.cypher.min_replan_interval=1h\n"

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(local_neo4j, "configuration", told)
        yield


@pytest.fixture(scope="session")
def neo4j_server(run: Run) -> Iterator[Endpoint]:
    """The address of a server that belongs to this process; ended by its own process id at the end."""
    server = LocalNeo4j(run.folder / f"scratch-{run.worker}")
    yield started(server)
    server.stop()


def started(server: LocalNeo4j) -> Endpoint:
    """The address of a server that runs from here on; the test is skipped, or fails, where it can't be had."""
    try:
        return server.start(on_progress=print)
    except EngineError as error:
        if os.environ.get("CHINAAI_TEST_NEO4J") == "required":
            pytest.fail(f"{_SKIP}: {error}", pytrace=False)
        pytest.skip(f"{_SKIP}: {error}")


@pytest.fixture
def neo4j_endpoint(neo4j_server: Endpoint) -> Endpoint:
    """The server's address, its database emptied of data and of all constraints but our own.

    Ours are asked for `IF NOT EXISTS` by every load; making ninety of them anew takes seconds a test.
    """
    empty(neo4j_server)
    return neo4j_server


def empty(endpoint: Endpoint) -> None:
    """Take everything out of the database but our own constraints."""
    auth = (endpoint.username, endpoint.password)
    with (
        neo4j.GraphDatabase.driver(endpoint.uri, auth=auth) as driver,
        driver.session(database=endpoint.database) as session,
    ):
        session.run("MATCH (n) CALL (n) { DETACH DELETE n } IN TRANSACTIONS OF 10000 ROWS").consume()
        indexes = "SHOW INDEXES YIELD * WHERE type <> 'LOOKUP' AND owningConstraint IS NULL RETURN name"
        for kind, listing in (("CONSTRAINT", "SHOW CONSTRAINTS YIELD name"), ("INDEX", indexes)):
            for name in session.run(listing).value():
                if name.startswith(OURS):
                    continue
                session.run(f"DROP {kind} `{name.replace('`', '``')}`").consume()


def pytest_terminal_summary(terminalreporter: pytest.TerminalReporter) -> None:
    """How many tests went without the server, and why."""
    reasons = [
        report.longrepr[2].removeprefix("Skipped: ")
        for report in terminalreporter.stats.get("skipped", [])
        if isinstance(report.longrepr, tuple) and _SKIP in report.longrepr[2]
    ]
    if reasons:
        terminalreporter.section("Neo4j")
        terminalreporter.line(f"{len(reasons)} tests need a real Neo4j and were skipped: {reasons[0]}")
