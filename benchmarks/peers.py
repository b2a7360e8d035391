"""Two published loaders on the rows of benchmarks/scale.py, each in an environment of its own.

    PEER/bin/python benchmarks/peers.py cartography|kgx ROWS.jsonl '["bolt://…", "neo4j", "password"]'

scale.py makes the environments by `pip install cartography` and `pip install kgx`, and runs this file in them; nothing
of chinaai is imported. Rows are ready-made before the clock starts. Each is used as its own code uses it:
cartography by a schema for each type, `load` and `load_matchlinks`; kgx by its `NeoSink`. Both MERGE an edge by its two
ends, so parallel edges become one. kgx 2.6 asks for its constraint in the words of Neo4j 3, which no server of today
takes; it is made for it, before the clock.
"""

from __future__ import annotations

import json
import re
import sys
import time
import venv
from collections import defaultdict
from dataclasses import dataclass, field, make_dataclass
from pathlib import Path
from subprocess import run
from typing import Any

PEERS = ("cartography", "kgx")
Rows = dict[str, list[dict[str, Any]]]
Ties = dict[tuple[str, str, str], list[dict[str, Any]]]


def environment(peer: str, folder: Path) -> Path:
    """The Python of an environment that holds the peer; made at first use."""
    python = folder / peer / "bin" / "python"
    if not (folder / peer / "ready").exists():
        venv.create(folder / peer, with_pip=True, clear=True)
        done = run([python, "-m", "pip", "install", "-q", peer], capture_output=True, text=True, check=False)
        if done.returncode:
            raise OSError(f"{peer} can't be installed: {done.stderr.strip().splitlines()[-1]}")
        (folder / peer / "ready").touch()
    return python


def rows_of(path: Path) -> tuple[Rows, Ties]:
    """Nodes by type, and edges by type and the types of their ends."""
    nodes: Rows = defaultdict(list)
    edges: Ties = defaultdict(list)
    with path.open("rb") as file:
        for line in file:
            row = json.loads(line)
            if len(row) == 3:
                nodes[row[0]].append({**row[2], "id": row[1]})
            else:
                kind, key, (start, a), (end, b), props = row
                edges[kind, start, end].append({**props, "fact_id": key, "start": a, "end": b})
    return nodes, edges


def cartography(session: Any, nodes: Rows, edges: Ties) -> float:
    """Seconds of `load` and `load_matchlinks`, with a schema for each type."""
    from cartography.client.core.tx import load, load_matchlinks
    from cartography.models.core.common import PropertyRef
    from cartography.models.core.nodes import CartographyNodeProperties, CartographyNodeSchema
    from cartography.models.core.relationships import (
        CartographyRelProperties,
        CartographyRelSchema,
        LinkDirection,
        make_source_node_matcher,
        make_target_node_matcher,
    )

    def columns(base: type, names: list[str], told: tuple[str, ...]) -> Any:
        fields = [(name, PropertyRef, field(default=PropertyRef(name))) for name in names]
        fields += [(name, PropertyRef, field(default=PropertyRef(name, set_in_kwargs=True))) for name in told]
        return make_dataclass("Columns", fields, bases=(base,), frozen=True)()

    def node(kind: str, row: dict[str, Any]) -> CartographyNodeSchema:
        own = columns(CartographyNodeProperties, list(row), ("lastupdated",))

        @dataclass(frozen=True)
        class Schema(CartographyNodeSchema):
            label: str = kind
            properties: Any = own

        return Schema()

    def edge(kind: str, start: str, end: str, row: dict[str, Any]) -> CartographyRelSchema:
        names = [name for name in row if name not in ("start", "end")]
        own = columns(CartographyRelProperties, names, ("lastupdated", "_sub_resource_label", "_sub_resource_id"))
        source = make_source_node_matcher({"id": PropertyRef("start")})
        target = make_target_node_matcher({"id": PropertyRef("end")})

        @dataclass(frozen=True)
        class Schema(CartographyRelSchema):
            source_node_label: str = start
            source_node_matcher: Any = source
            target_node_label: str = end
            target_node_matcher: Any = target
            direction: LinkDirection = LinkDirection.OUTWARD
            rel_label: str = kind
            properties: Any = own

        return Schema()

    begun = time.perf_counter()
    for kind, rows in nodes.items():
        load(session, node(kind, rows[0]), rows, lastupdated=1)
    for (kind, start, end), rows in edges.items():
        schema = edge(kind, start, end, rows[0])
        load_matchlinks(session, schema, rows, lastupdated=1, _sub_resource_label="Source", _sub_resource_id="made")
    return time.perf_counter() - begun


def kgx(session: Any, address: list[str], nodes: Rows, edges: Ties) -> float:
    """Seconds of kgx's sink for Neo4j."""
    from kgx.sink.neo_sink import NeoSink

    class Owner:
        def log_error(self, entity: str, error_type: Any, message: str) -> None:
            if "CONSTRAINT" not in message and "ASSERT" not in message:
                raise OSError(message)

    session.run("CREATE CONSTRAINT FOR (n:`biolink:NamedThing`) REQUIRE n.id IS UNIQUE").consume()
    records = [{**row, "category": [f"biolink:{kind}"]} for kind, rows in nodes.items() for row in rows]
    ties = [
        {"subject": row.pop("start"), "object": row.pop("end"), "predicate": f"biolink:{kind}", **row}
        for (kind, _, _), rows in edges.items()
        for row in rows
    ]
    begun = time.perf_counter()
    sink = NeoSink(Owner(), *address)
    for record in records:
        sink.write_node(record)
    for tie in ties:
        sink.write_edge(tie)
    sink.finalize()
    sink.session.close()
    return time.perf_counter() - begun


def peak() -> float:
    """Most memory that this process has held, in MB. (`ru_maxrss` would count the parent that started it, too.)"""
    found = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text(encoding="ascii"))
    assert found is not None
    return int(found[1]) / 1024


def main() -> None:
    """Load, and print seconds, megabytes, and how many nodes and edges stand after it."""
    import neo4j

    peer, path, address = sys.argv[1], Path(sys.argv[2]), json.loads(sys.argv[3])
    nodes, edges = rows_of(path)
    with neo4j.GraphDatabase.driver(address[0], auth=(address[1], address[2])) as driver, driver.session() as session:
        seconds = cartography(session, nodes, edges) if peer == "cartography" else kgx(session, address, nodes, edges)
        stand = session.run("MATCH (n) RETURN count(n) AS n").single()["n"]
        ties = session.run("MATCH ()-[r]->() RETURN count(r) AS n").single()["n"]
    memory = peak()
    print(json.dumps({peer: seconds, "MB": memory, "nodes": stand, "edges": ties}))


if __name__ == "__main__":
    main()
