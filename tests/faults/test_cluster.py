"""What a cluster does to a load: members that lead no more, connections that end, answers of one that lags behind."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from chinaai.graph.digest import Status, status
from chinaai.graph.engine.endpoint import Endpoint
from chinaai.graph.errors import GoneError
from chinaai.graph.store import Store, open_store
from chinaai.loaders.build import Shipped, build, read_shipped
from faults.relay import COMMIT, Relay, relay

pytestmark = pytest.mark.slow

TODAY = date(2026, 11, 24)
SMALL = Path(__file__).parents[1] / "data" / "small"
CREATE = "CREATE (n:ChinaAI:Company {id: 'probe'})"
COUNT = "MATCH (n:ChinaAI {id: 'probe'}) RETURN count(n) AS n"


@pytest.fixture
def way(neo4j_endpoint: Endpoint) -> Iterator[Relay]:
    with relay(int(neo4j_endpoint.uri.rpartition(":")[2])) as found:
        yield found


@pytest.fixture
def there(neo4j_endpoint: Endpoint, way: Relay) -> Iterator[Store]:
    """The server at the end of the way."""
    with Store(replace(neo4j_endpoint, uri=f"bolt://127.0.0.1:{way.port}", where="there")) as store:
        yield store


@pytest.fixture(scope="module")
def shipped_small() -> Shipped:
    return read_shipped(SMALL, today=TODAY)


@pytest.fixture(scope="module")
def quiet(shipped_small: Shipped, tmp_path_factory: pytest.TempPathFactory) -> Status:
    """What a load leaves that nothing disturbed."""
    with open_store(tmp_path_factory.mktemp("quiet")) as store:
        build(store, shipped_small, today=TODAY)
        return status(store)


@pytest.mark.parametrize("faults", [["refused"], ["cut"], ["cut", "refused"]])
def test_a_transaction_is_tried_again_and_stands_once(there: Store, way: Relay, faults: list[str]) -> None:
    way.faults = [(CREATE.encode(), fault) for fault in faults]
    assert there.write([(CREATE, {})]).nodes_created == 1
    assert way.faults == []
    assert there.read(COUNT) == [{"n": 1}]


@pytest.mark.parametrize("fault", ["refused", "cut"])
def test_a_question_is_asked_again(there: Store, way: Relay, fault: str) -> None:
    way.faults = [(COUNT.encode(), fault)]
    assert there.read(COUNT) == [{"n": 0}]
    assert way.faults == []


def test_a_load_among_faults_ends_as_one_without(
    there: Store, way: Relay, shipped_small: Shipped, quiet: Status
) -> None:
    way.faults = [(b" AS row CREATE (n:", "refused"), *[(b"CREATE (a)-[r:", f) for f in ("cut", "refused")]]
    build(there, shipped_small, today=TODAY)
    found = status(there)
    assert way.faults == []
    assert (found.digest, found.counts, found.altered) == (quiet.digest, quiet.counts, [])


@pytest.mark.parametrize("fault", ["cut", "unanswered"])
def test_a_load_that_loses_a_commit_goes_on_when_run_again(
    there: Store, way: Relay, shipped_small: Shipped, quiet: Status, fault: str
) -> None:
    """Nobody knows whether it arrived, so it is not sent twice."""
    way.faults = [(COMMIT, fault)]
    with pytest.raises(GoneError, match="what was written stands whole or not at all"):
        build(there, shipped_small, today=TODAY)
    build(there, shipped_small, today=TODAY)
    found = status(there)
    assert (found.digest, found.counts, found.altered) == (quiet.digest, quiet.counts, [])


def test_a_commit_whose_answer_is_lost_is_told_and_stands_once(there: Store, way: Relay) -> None:
    way.faults = [(COMMIT, "unanswered")]
    with pytest.raises(GoneError, match="what was written stands whole or not at all"):
        there.write([(CREATE, {})])
    assert there.read(COUNT) == [{"n": 1}]


def test_what_is_read_after_a_write_waits_for_it(there: Store, way: Relay) -> None:
    """The member that answers is told how far it must have come."""
    there.write([(CREATE, {})])
    way.said.clear()
    assert there.read(COUNT) == [{"n": 1}]
    assert b"bookmarks" in way.said and b"FB:" in way.said


def test_an_address_with_routing(neo4j_endpoint: Endpoint, shipped_small: Shipped, quiet: Status) -> None:
    with Store(replace(neo4j_endpoint, uri=neo4j_endpoint.uri.replace("bolt", "neo4j", 1))) as store:
        build(store, shipped_small, today=TODAY)
        assert status(store).digest == quiet.digest
