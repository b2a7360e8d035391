"""What a Neo4j server plans: each saved question asked with its example, then with less, and what the second costs.

    python benchmarks/plans.py [--home FOLDER]

The shipped graph is loaded into a local Neo4j of its own. Statements go to it as we send them, with all parameters in
one map, and in a second pass as they are written, with a parameter for each: the server keeps plans by the types of
those, and by the magnitudes of texts and lists. Printed are the seconds of all second askings, and their ratio.
"""

from __future__ import annotations

import argparse
import time
from datetime import date
from pathlib import Path
from typing import Any

import neo4j
from chinaai.graph.engine.conf import Memory
from chinaai.graph.one_plan import sent
from chinaai.graph.store import Store
from chinaai.loaders.base import SEEDS
from chinaai.loaders.build import build, read_shipped
from chinaai.queries.names import Names
from chinaai.queries.params import bind
from chinaai.queries.saved import SavedQuery, catalogue
from plain_loop import own_server

DAY = date(2026, 11, 28)


def twice(store: Store, query: SavedQuery, engine: str) -> float:
    """Seconds of the second asking: the example without what may be left out, after the whole example."""
    names, front = Names(store), query.front
    needed = {key: value for key, value in front.example.items() if front.params[key].needed}
    bound = [bind(query.name, front.params, given, names.resolve, DAY) for given in (front.example, needed)]
    with store.session() as session:

        def asked(params: dict[str, Any]) -> float:
            def run(tx: neo4j.ManagedTransaction) -> None:
                tx.run(*sent(query.cypher, params, engine)).consume()

            begun = time.perf_counter()
            session.execute_read(run)
            return time.perf_counter() - begun

        asked(bound[0])
        return asked(bound[1]) if bound[1] != bound[0] else 0.0


def main() -> None:
    """Print both sums and the ratio."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--home", type=Path, help="folder of the server, which is kept; a temporary one by default")
    args = parser.parse_args()
    with own_server(args.home) as server, Store(server.start(memory=Memory("1g", "1g"))) as store:
        build(store, read_shipped(SEEDS, today=DAY), today=DAY)
        plain = sum(twice(store, query, "as written") for query in catalogue().values())
        ours = sum(twice(store, query, "neo4j") for query in catalogue().values())
    print(f"second askings: {ours:.1f} s in one map, {plain:.1f} s as written; ratio {ours / plain:.2f}")


if __name__ == "__main__":
    main()
