"""What a saved question reads grows with its answer: no plan begins with everything that is ours, or everybody's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import neo4j
import pytest
from chinaai.graph.marks import MARK
from chinaai.graph.one_plan import sent
from chinaai.graph.store import Store
from chinaai.queries.names import Names
from chinaai.queries.params import bind
from chinaai.queries.saved import SavedQuery, catalogue
from shipped import TODAY

#: Operators that read every node, or every relationship, of the database.
EVERYTHING = ("AllNodesScan", "DirectedAllRelationshipsScan", "UndirectedAllRelationshipsScan")
#: Operators that read every node of a label. (The one for several labels at once, `IntersectionNodeByLabelsScan`, leaps
#: from hit to hit and costs twice the rarest label: 204 hits for the 100 requirements among 10,000 nodes.)
MARKED = ("NodeByLabelScan", "UnionNodeByLabelsScan")


def reads_all(plan: Any) -> Iterator[str]:
    """Steps of a plan that read a whole database or the whole graph of ours, as Neo4j words them."""
    name, details = plan["operatorType"].split("@")[0], plan.get("args", {}).get("Details", "")
    labels = details.partition(":")[2].replace("|", ":").replace("&", ":").split(":")
    if name.endswith(EVERYTHING) or (name.endswith(MARKED) and MARK in labels):
        yield f"{name} {details}"
    for child in plan.get("children", []):
        yield from reads_all(child)


def explained(store: Store, cypher: str, params: dict[str, Any]) -> Any:
    """The plan that the server makes for a statement, without running it."""

    def run(tx: neo4j.ManagedTransaction) -> Any:
        return tx.run(*sent("EXPLAIN " + cypher, params, "neo4j")).consume().plan

    with store.session() as session:
        return session.execute_read(run)


def asked(query: SavedQuery, store: Store) -> Iterator[dict[str, Any]]:
    """Bound parameters of a question: its example, and the example without what may be left out."""
    names, params = Names(store), query.front.params
    needed = {key: value for key, value in query.front.example.items() if params[key].needed}
    for given in (query.front.example, needed):
        yield bind(query.name, params, given, names.resolve, TODAY)


@pytest.mark.parametrize("name", catalogue())
def test_no_question_reads_the_whole_graph(neo4j_shipped: Store, name: str) -> None:
    query = catalogue()[name]
    plans = [explained(neo4j_shipped, query.cypher, params) for params in asked(query, neo4j_shipped)]
    assert {step for plan in plans for step in reads_all(plan)} == set()


@pytest.mark.parametrize(
    ("cypher", "step"),
    [
        ("MATCH (n) RETURN count(n.name) AS n", "AllNodesScan"),
        (f"MATCH (n:{MARK}) WHERE n.name = $name RETURN n.id AS id", "NodeByLabelScan"),
        ("MATCH ()-[r]->() WHERE r.conflict = $name RETURN r.fact_id AS id", "AllRelationshipsScan"),
    ],
)
def test_what_would_be_found(neo4j_shipped: Store, cypher: str, step: str) -> None:
    assert any(step in told for told in reads_all(explained(neo4j_shipped, cypher, {"name": str(date.today())})))
