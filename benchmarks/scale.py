"""Loading many facts: ours beside a plain loop over the driver, in one run, in turn.

    python benchmarks/scale.py 10000 100000 [--engine neo4j|embedded] [--rounds 3] [--peers FOLDER]

A made graph of so many facts: a third of them nodes, twelve types in all, one edge in fifty parallel to another. Each
way runs in a process of its own on an emptied database; its rows are ready-made before the clock starts, but for the
streamed loads, which read them from a file of JSON lines, twice: one writes transactions, the other, on Neo4j alone,
loads in bulk, and its time ends when the server that was stopped for it answers again, with all indexes made. The plain
loop is what somebody writes who knows the driver: a unique id, `UNWIND` and `CREATE` in batches of 10,000, one managed
transaction each; no check, no hash, no index on relationships, and it may not run twice. The same loop is run again
with what our load leaves in the database: a digest and the data set of each element, unique ids of facts, full text
over names. What a load costs beyond that is its own work: check, plan, proof, manifest. Memory is the peak of the
client's process. On Neo4j the published loaders of benchmarks/peers.py run on the same rows, in environments that are
made for them; `--peers` names a folder to keep those in, `--no-peers` leaves them out.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import statistics
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack
from datetime import date
from itertools import chain
from pathlib import Path
from typing import Any

import orjson
from chinaai.graph import statements
from chinaai.graph.bulk import Bulk
from chinaai.graph.digest import status, told
from chinaai.graph.elements import Batch, Edge, Node, Stream
from chinaai.graph.engine.endpoint import Endpoint
from chinaai.graph.engine.local_neo4j import LocalNeo4j
from chinaai.graph.store import Store, open_store
from chinaai.loaders.base import Loaded, load
from chinaai.loaders.bulk import load_at_once, ready
from peers import PEERS, environment, peak
from plain_loop import Work, empty, own_server, ready_made, send, session_of, timed

DAY = date(2026, 11, 28)
KINDS = ("Company", "Product", "Model", "Person", "Fund")
TIES = {
    "PARTNERS_WITH": ("Company", "Company"), "INVESTED_IN": ("Fund", "Company"), "SUPPLIES": ("Company", "Product"),
    "DEVELOPED": ("Company", "Model"), "FOUNDED": ("Person", "Company"), "EMBEDS": ("Product", "Model"),
}  # fmt: skip
SOURCE = "made-source"
SIZE = 10_000  # rows in a statement of the plain loop
End = tuple[str, str]


def made_nodes(size: int) -> Iterator[tuple[str, str, dict[str, Any]]]:
    """Type, id and properties of a third of the facts; the first is their source."""
    yield "Source", SOURCE, {"name": "Made", "publisher": "Made", "kind": "news", "licence": "open", "title": "Made"}
    for number in range(size // 3 - 1):
        kind = KINDS[number % len(KINDS)]
        yield kind, _id(kind, number), {
            "name": f"{kind} {number}", "name_zh": f"虚构{number}号", "aliases": [f"M{number}"], "sources": [SOURCE],
            "keys": [f"{kind.lower()}{number}", f"m{number}"],
        }  # fmt: skip


def made_edges(size: int, changed: int = 0) -> Iterator[tuple[str, str, End, End, dict[str, Any]]]:
    """Type, id, ends and properties of the other facts. `changed`: one in so many says something else."""
    drawn, each = random.Random(1), (size // 3 - 1) // len(KINDS)
    before: tuple[str, End, End] | None = None
    for number in range(size - size // 3):
        if number % 50 != 49 or before is None:
            kind, labels = list(TIES.items())[number % len(TIES)]
            start = end = ("", "")
            while start == end:  # a tie is between two
                places = [(label, drawn.randrange(each) * len(KINDS) + KINDS.index(label)) for label in labels]
                start, end = [(label, _id(label, place)) for label, place in places]
            before = kind, start, end
        kind, start, end = before  # every fiftieth is parallel to the one before
        yield kind, f"made-fact-{number}", start, end, {
            "status": "reported", "announced": "2025-02-13", "known_from": date(2025, 2, 13), "confidence": 0.7,
            "known_from_basis": "announced", "confidence_why": "news 0.70", "weak": False, "sources": [SOURCE],
            "scope": f"line {number}" + (", mended" if changed and number % changed == 0 else ""),
        }  # fmt: skip


def _id(kind: str, number: int) -> str:
    return f"made-{kind.lower()}-{number}"


def made(size: int, changed: int = 0) -> Batch:
    """Elements, ready-made."""
    nodes = [Node(*row) for row in made_nodes(size)]
    return Batch("made", nodes, [Edge(*row) for row in made_edges(size, changed)])


def streamed(path: Path) -> Stream:
    """Elements of a file, read anew each time."""

    def lines() -> Iterator[list[Any]]:
        with path.open("rb") as file:
            yield from map(orjson.loads, file)

    def edges() -> Iterator[Edge]:
        for row in lines():
            if len(row) == 5:
                kind, key, start, end, props = row
                day = date.fromisoformat(props["known_from"])
                yield Edge(kind, key, tuple(start), tuple(end), {**props, "known_from": day})

    return Stream("made", lambda: (Node(*row) for row in lines() if len(row) == 3), edges)


def write_file(size: int, path: Path) -> None:
    """The facts as JSON lines."""
    with path.open("wb") as file:
        for row in chain(made_nodes(size), made_edges(size)):
            file.write(orjson.dumps(row) + b"\n")


def plain_rows(size: int, dataset: str = "") -> Work:
    """Statements and rows of the plain loop; with the properties that our load adds, where a data set is named."""
    nodes, edges = (Node(*row) for row in made_nodes(size)), (Edge(*row) for row in made_edges(size))
    return ready_made(nodes, edges, dataset=dataset)


def plain(store: Store, work: Work, schema: Iterable[str] = ()) -> None:
    """The loop that anybody would write; `schema` is made first."""
    with session_of(store.endpoint) as session:
        session.run("CREATE CONSTRAINT plain IF NOT EXISTS FOR (n:ChinaAI) REQUIRE n.id IS UNIQUE").consume()
        for text in schema:
            session.run(text).consume()
        send(session, work, SIZE)


def one(way: str, size: int, store: Store, file: Path, home: Path) -> dict[str, float]:
    """One way in this process: seconds by what was done, and the peak of memory."""
    seconds: dict[str, float] = {}

    def note(name: str, action: Callable[[], Any]) -> Any:
        seconds[name], found = timed(action)
        return found

    if way == "plain":
        work = plain_rows(size)
        note("plain", lambda: plain(store, work))
    elif way == "like ours":
        work, unique = plain_rows(size, dataset="made"), statements.constraints()
        schema = [unique[f"chinaai_{kind.lower()}"] for kind in TIES]
        if store.engine == "neo4j":  # the embedded engine makes that index itself, not by a statement
            schema.append(statements.NAMES_INDEX)
        note(way, lambda: plain(store, work, schema))
    elif way == "ours":
        for name, changed, expected in (("load", 0, "added"), ("unchanged", 0, "unchanged"), ("changed", 100, "")):
            loaded = Loaded(made(size, changed))
            counts = note(name, lambda given=loaded: load(store, given, today=DAY)).counts()
            assert not expected or counts[expected] == size, counts
        quick = note("status", lambda: told(store))
        deep = note("deep", lambda: status(store))
        assert quick is not None and (quick.digest, quick.counts) == (deep.digest, deep.counts)
        assert (deep.altered, deep.relationships) == ([], size - size // 3)
    elif way == "streamed":
        loaded = Loaded(Batch("made"), stream=streamed(file))
        assert note("streamed", lambda: load(store, loaded, today=DAY)).counts()["added"] == size
    else:
        bulk = ready(Bulk.of(store, home, lambda _: None))
        assert bulk is not None
        items = [("made", Loaded(Batch("made"), stream=streamed(file)))]
        assert note("bulk", lambda: load_at_once(bulk, items))["made"].counts()["added"] == size
        found = told(store)
        assert found is not None and found.relationships == size - size // 3
    seconds["MB"] = peak()
    return seconds


def run(
    size: int, rounds: int, server: LocalNeo4j | None, folder: Path, peers: dict[str, Path]
) -> dict[str, dict[str, float]]:
    """Medians of seconds and greatest memory, by way."""
    file = folder / f"made-{size}.jsonl"
    write_file(size, file)
    found: dict[str, dict[str, list[float]]] = defaultdict(lambda: defaultdict(list))
    for number in range(rounds):
        ways = ["plain", "like ours", "ours", "streamed", *(["bulk"] if server else []), *peers]
        for way in ways if number % 2 == 0 else reversed(ways):
            words = [sys.executable, __file__, "--one", way, "--file", str(file), str(size)]
            if server is not None:
                endpoint = server.start()
                empty(endpoint)
                at = json.dumps([endpoint.uri, endpoint.username, endpoint.password])
                words += ["--at", at, "--home", str(server.folder.parent)]
                if way in peers:
                    words = [str(peers[way]), str(Path(__file__).with_name("peers.py")), way, str(file), at]
            else:
                words += ["--home", tempfile.mkdtemp(dir=folder)]
            done = subprocess.run(words, capture_output=True, text=True, check=False)
            if done.returncode and way in peers:
                print(f"{way} was not run: {done.stderr.strip().splitlines()[-1]}", file=sys.stderr)
                peers = {name: python for name, python in peers.items() if name != way}
                continue
            if done.returncode:
                sys.exit(done.stderr)
            for name, value in json.loads(done.stdout).items():
                found[way][name].append(value)
    file.unlink()
    return {
        way: {name: max(values) if name == "MB" else statistics.median(values) for name, values in table.items()}
        for way, table in found.items()
    }


def show(size: int, found: dict[str, dict[str, float]]) -> None:
    """The table of one size."""
    loop, ours, streamed = found["plain"]["plain"], found["ours"]["load"], found["streamed"]["streamed"]
    alike = found["like ours"]["like ours"]
    at_once = found.get("bulk", {}).get("bulk")
    bulk = [("load in bulk, from a file", at_once, at_once / loop, "≤ 0.55 at 1 M", "bulk")] if at_once else []
    lines = [
        ("plain driver loop", loop, 1.0, "1", "plain"),
        ("the loop, leaving what ours leaves", alike, alike / loop, "", "like ours"),
        ("load, rows ready-made", ours, ours / loop, "≤ 1.15", "ours"),
        ("load, streamed from a file", streamed, streamed / loop, "", "streamed"),
        *bulk,
        *((one, found[one][one], found[one][one] / loop, "slower than us", one) for one in PEERS if one in found),
        ("unchanged, elements compared", found["ours"]["unchanged"], found["ours"]["unchanged"] / ours, "≤ 0.02", ""),
        ("1 % changed", found["ours"]["changed"], found["ours"]["changed"] / ours, "≤ 0.05", ""),
        ("status", found["ours"]["status"], found["ours"]["status"] / ours, "≤ 0.02", ""),
        ("status --deep", found["ours"]["deep"], found["ours"]["deep"] / ours, "", ""),
    ]  # fmt: skip
    print(f"\n{size:,} facts\n\n| way | seconds | ratio | goal | µs a fact | client, MB |\n|---|---|---|---|---|---|")
    for title, seconds, ratio, goal, way in lines:
        memory = f"{found[way]['MB']:.0f}" if way else ""
        print(f"| {title} | {seconds:.2f} | {ratio:.3f} | {goal} | {1e6 * seconds / size:.1f} | {memory} |", flush=True)
    for peer in (one for one in PEERS if one in found):
        lost = size - found[peer]["nodes"] - found[peer]["edges"]
        print(f"\n{peer} lost {lost:,.0f} of {size - size // 3:,} edges: parallel ones are one there. We lost none.")


def environments(folder: Path) -> dict[str, Path]:
    """The Python of each peer that can be installed here."""
    found = {}
    for peer in PEERS:
        try:
            found[peer] = environment(peer, folder)
        except OSError as error:
            print(f"{peer} is not run: {error}", file=sys.stderr)
    return found


def main() -> None:
    """Print the tables."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sizes", nargs="+", type=int)
    parser.add_argument("--engine", choices=("neo4j", "embedded"), default="neo4j")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--peers", type=Path, help="folder of the peers' environments, which is kept")
    parser.add_argument("--no-peers", action="store_true", help="run ours and the plain loop alone")
    parser.add_argument("--home", type=Path, help="folder of the server, which is kept; a temporary one by default")
    for word in ("--one", "--at", "--file"):
        parser.add_argument(word, help=argparse.SUPPRESS)
    args = parser.parse_args()
    if args.one:
        os.environ.pop("NEO4J_URI", None)
        at = json.loads(args.at) if args.at else None
        store = Store(Endpoint(at[0], at[1], at[2], "neo4j", "neo4j", None, at[0])) if at else open_store(args.home)
        with store:
            print(json.dumps(one(args.one, args.sizes[0], store, Path(args.file), args.home)))
        return
    with ExitStack() as opened:
        folder = Path(opened.enter_context(tempfile.TemporaryDirectory(ignore_cleanup_errors=True)))
        server = opened.enter_context(own_server(args.home)) if args.engine == "neo4j" else None
        peers = {} if server is None or args.no_peers else environments(args.peers or folder / "peers")
        for size in args.sizes:
            show(size, run(size, args.rounds, server, folder, peers))


if __name__ == "__main__":
    main()
