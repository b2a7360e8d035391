"""What answers read: every saved question on the shipped graph, and on one that holds it many times over.

    python benchmarks/answers.py [--times 100] [--home FOLDER]

The shipped graph is loaded into a local Neo4j of its own, and every question is asked with its example under PROFILE:
Neo4j counts the hits on its store. Then every node and relationship is copied inside the database under ids and names
of its own, so that the graph keeps its shape (a hub stays as large as it is), and all is asked again. A question about
one thing must read the same; one about all things of a type may read more, but no more for each row. Printed are rows
and hits at 1x and at Nx, and the ratio of the hits for each row, where 1.2 is the most that is allowed; seconds too.
"""

from __future__ import annotations

import argparse
import sys
import time
from datetime import date
from pathlib import Path
from typing import Any

import neo4j
from chinaai.graph.engine.conf import Memory
from chinaai.graph.marks import MARK
from chinaai.graph.model import EDGES, NODES
from chinaai.graph.one_plan import sent
from chinaai.graph.store import Store
from chinaai.loaders.base import SEEDS
from chinaai.loaders.build import build, read_shipped
from chinaai.queries.names import Names
from chinaai.queries.params import bind
from chinaai.queries.saved import SavedQuery, catalogue
from plain_loop import own_server

DAY = date(2026, 11, 28)
MOST = 1.2
#: Questions whose few rows speak of everything of a type: what they read grows with the graph, whoever writes them.
_LAW = "goes through the plans or duties on record, which do not grow with the facts"
OF_ALL = {
    "time-to-listing": "a statistic over all filings", "unowned-entities": "the ten of all that filed most",
    "entry-options": _LAW, "entry-path": _LAW, "requirements": _LAW,
    "names": "the best fifty of all that match", "restrictions": "each list's names are compared with the company's",
}  # fmt: skip
#: Copies of an element, made from the first ones; `copy` tells them apart.
NODE = (
    "MATCH (n:{mark}:{label}) WHERE n.copy IS NULL WITH n CALL (n) {{ UNWIND range(1, $times - 1) AS k "
    "CREATE (m:{mark}:{label}) SET m = n {{.*, id: n.id + '~' + k, copy: k, "
    "keys: [key IN coalesce(n.keys, []) | key + '~' + k], conflict: n.conflict + '~' + k, "
    "facts: [fact IN n.facts | fact + '~' + k], service: n.service + '~' + k, actor: n.actor + '~' + k, "
    "words: reduce(all = '', word IN split(coalesce(n.words, ''), ' ') | all + ' ' + word + k)}} "
    "}} IN TRANSACTIONS OF 100 ROWS"
)
EDGE = (
    "MATCH (a:{mark})-[r:{kind}]->(b:{mark}) WHERE r.copy IS NULL WITH a, r, b CALL (a, r, b) {{ "
    "UNWIND range(1, $times - 1) AS k MATCH (c:{mark} {{id: a.id + '~' + k}}) MATCH (d:{mark} {{id: b.id + '~' + k}}) "
    "CREATE (c)-[s:{kind}]->(d) "
    "SET s = r {{.*, fact_id: r.fact_id + '~' + k, conflict: r.conflict + '~' + k, copy: k}} }} "
    "IN TRANSACTIONS OF 100 ROWS"
)


def profiled(store: Store, query: SavedQuery) -> tuple[int, int, float]:
    """Rows, hits on the store and seconds of a question asked with its example."""
    params = bind(query.name, query.front.params, query.front.example, Names(store).resolve, DAY)

    def run(tx: neo4j.ManagedTransaction) -> tuple[int, int]:
        found = tx.run(*sent("PROFILE " + query.cypher, params, store.engine))
        rows = len(list(found))
        return rows, hits(found.consume().profile)

    with store.session() as session:
        session.execute_read(run)  # once for the plan and the cache
        begun = time.perf_counter()
        rows, read = session.execute_read(run)
        return rows, read, time.perf_counter() - begun


def hits(profile: Any) -> int:
    """Hits of a profiled plan, all steps together."""
    return int(profile.get("dbHits", 0)) + sum(map(hits, profile.get("children", [])))


def copy(store: Store, times: int) -> None:
    """Let the database hold everything so many times."""
    with store.session() as session:
        for label in NODES:
            session.run(neo4j.Query(NODE.format(mark=MARK, label=label)), times=times).consume()
        for kind in EDGES:
            session.run(neo4j.Query(EDGE.format(mark=MARK, kind=kind)), times=times).consume()


def main() -> None:
    """Print the table; exit status 1 where a question reads more for each row than is allowed."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--times", type=int, default=100)
    parser.add_argument("--home", type=Path, help="folder of the server, which is kept; a temporary one by default")
    args = parser.parse_args()
    with own_server(args.home) as server, Store(server.start(memory=Memory("2g", "2g"))) as store:
        build(store, read_shipped(SEEDS, today=DAY), today=DAY)
        first = {name: profiled(store, query) for name, query in catalogue().items()}
        copy(store, args.times)
        again = {name: profiled(store, query) for name, query in catalogue().items()}
    print(
        f"| question | rows at 1x | hits | rows at {args.times}x | hits | hits a row, {args.times}x to 1x | seconds |"
    )
    print("|---|---|---|---|---|---|---|")
    worst = 0.0
    for name, (rows, read, _) in first.items():
        more, reads, seconds = again[name]
        ratio = (reads / max(more, 1)) / max(read / max(rows, 1), 1)
        worst = worst if name in OF_ALL else max(worst, ratio)
        told = f"{ratio:.2f}" + (f" ({OF_ALL[name]})" if name in OF_ALL else "")
        print(f"| {name} | {rows} | {read:,} | {more} | {reads:,} | {told} | {seconds:.2f} |")
    print(f"\nlargest ratio but for those in brackets: {worst:.2f}, allowed {MOST}")
    sys.exit(worst > MOST)


if __name__ == "__main__":
    main()
