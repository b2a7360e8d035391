"""One connection for anything that speaks Bolt: a Neo4j server, a cluster, Aura, or the embedded engine."""

from __future__ import annotations

import contextlib
import logging
import os
import time
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from typing import TYPE_CHECKING, Any, Self, TypeVar, cast

import neo4j
from neo4j import Driver, GraphDatabase, Query
from neo4j.exceptions import (
    DriverError,
    Neo4jError,
    ResultError,
    ServiceUnavailable,
    SessionExpired,
    TransactionError,
)

from . import faults, neighbours, statements
from .driver import driver_of
from .engine.endpoint import Endpoint
from .engine.limits import time_limit
from .engine.processes import within
from .errors import EngineError, GoneError, StoreError, UnansweredError, may_be_told
from .home import home_folder
from .native import CHUNK, bounded, first, plan, row
from .one_plan import sent
from .read_only import check_reads, explains
from .statements import constraints

if TYPE_CHECKING:
    from .engine.embedded import EmbeddedEngine

Result = TypeVar("Result")
#: Seconds after which a server that does not let us in is reported.
LOGIN_SECONDS = 15.0
#: Seconds after which a server ends a statement or transaction of ours, and that we wait longer for its word.
STATEMENT_SECONDS, GRACE_SECONDS = 60.0, 10.0
ANSWER_SECONDS = STATEMENT_SECONDS + GRACE_SECONDS
#: Seconds that saying good-bye may take.
_CLOSE_SECONDS = 5.0
#: Times that a read of ours is asked again of the embedded engine's successor, and a user's own, which may be what
#: ended it.
_AGAIN, _AGAIN_FREE = 3, 1
#: Rows sent in one statement; sizes from 1,000 to 20,000 differed less than noise.
BATCH = 5000


@dataclass
class Counters:
    """What the database itself says it did."""

    nodes_created: int = 0
    nodes_deleted: int = 0
    relationships_created: int = 0
    relationships_deleted: int = 0

    def add(self, counters: neo4j.SummaryCounters) -> None:
        """Add the counters of one finished statement."""
        self.nodes_created += counters.nodes_created
        self.nodes_deleted += counters.nodes_deleted
        self.relationships_created += counters.relationships_created
        self.relationships_deleted += counters.relationships_deleted


@dataclass(frozen=True)
class Answer:
    """Rows of a free query; `cut` where the row limit ended it, `doubts` of names in it that nothing bears."""

    columns: list[str]
    rows: list[dict[str, Any]]
    cut: bool
    doubts: tuple[str, ...] = ()


class Store:
    """A verified connection. Use `open_store`; close it, or use it as a context manager."""

    def __init__(self, endpoint: Endpoint, engine: EmbeddedEngine | None = None) -> None:
        self._engine, self._process = engine, os.getpid()
        # What this store reads holds all that it has written, whichever member of a cluster answers.
        self._bookmarks = GraphDatabase.bookmark_manager() if endpoint.engine == "neo4j" else None
        self.writing = False  #: True inside `writing`, where nobody else loads
        try:
            self._connect(endpoint)
        except BaseException:
            self.close()
            raise

    def _connect(self, endpoint: Endpoint) -> None:
        """Log in, to the next engine where the embedded one has ended since it was found."""
        for last in (*(False,) * _AGAIN, True):
            self.endpoint = endpoint
            self._driver = driver_of(endpoint, (endpoint.username, endpoint.password))
            self._reader: Driver | None = None
            self._known = False
            try:
                self._verify()
                break
            except GoneError:
                if last or self._engine is None:
                    raise
            self._disconnect()
            endpoint = self._engine.renew()
        self._known = True

    @property
    def engine(self) -> str:
        """`neo4j` or `embedded`."""
        return self.endpoint.engine

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Close the drivers, then the engine where this process runs it."""
        self._disconnect()
        engine, self._engine = self._engine, None
        if engine is not None:
            engine.close()

    def _disconnect(self) -> None:
        for driver in (getattr(self, "_reader", None), getattr(self, "_driver", None)):
            if driver is not None and self._process == os.getpid():
                within(_CLOSE_SECONDS, driver.close)

    def _verify(self) -> None:
        # The driver has no limit on the log-in itself.
        agent = within(LOGIN_SECONDS, lambda: self._guard(self._agent))
        if agent is None:
            raise faults.unreachable(self.endpoint, TimeoutError(f"no log-in within {LOGIN_SECONDS:g} s"))
        if self.endpoint.engine == "neo4j" and agent.startswith("Neo4j/"):
            numbers = agent.removeprefix("Neo4j/").split("-")[0].split("+")[0].split(".")
            if tuple(int(n) for n in numbers[:2] if n.isdigit()) < faults.MINIMUM_NEO4J:
                raise faults.too_old(self.endpoint, agent)

    def _agent(self) -> str:
        # Of the embedded engine's two accounts the one that questions use: a log-in takes as long as a question.
        with self._reading() if self.endpoint.reader else self.session() as session:
            return str(session.run("RETURN 1").consume().server.agent)

    def session(self) -> neo4j.Session:
        """A session of the account that writes, for a transaction that stays open."""
        if self._process != os.getpid():
            raise faults.forked(self.endpoint)
        return self._driver.session(database=self.endpoint.database, bookmark_manager=self._bookmarks)

    def raise_for(self, error: BaseException) -> None:
        """Raise what an error of the driver means."""

        def again() -> None:
            raise error

        self._guard(again)

    def renew(self, endpoint: Endpoint) -> None:
        """Connect anew, to a server that was stopped and started; its database may be another one."""
        self._disconnect()
        self._bookmarks = GraphDatabase.bookmark_manager()
        self._connect(endpoint)

    def prepare(
        self, kinds: Collection[str] | None = None, seconds: float = STATEMENT_SECONDS, *, words: bool = True
    ) -> None:
        """Make the constraints that do not stand yet: on nodes, and on these types of relationships, or on all.

        Args:
            words: make the full-text index too.
            seconds: limit of each; it takes longer where many elements stand already.
        """
        # Asking once is quicker on Neo4j than a hundred statements that do nothing, and shows what is not ours.
        missing = neighbours.wanted(self, kinds) if self.engine == "neo4j" else constraints()
        if self.engine != "neo4j":  # it makes the types with them, which questions ask for
            with contextlib.suppress(StoreError):  # together they take a third of the time; one by one it is told which
                self._transact([(statement, {}) for statement in missing.values()])
                return
        for name, statement in missing.items():
            try:
                self._run(Query(statement, timeout=seconds))
            except StoreError as error:
                other = neighbours.index_instead(name, statement)
                if other is None or "ConstraintCreationFailed" not in str(error):
                    raise
                self._run(Query(other, timeout=seconds))
        if self.engine == "neo4j" and words:
            for text in (statements.NAMES_INDEX, statements.await_names(seconds)):
                self._run(Query(text, timeout=seconds))

    def _run(self, query: Query) -> None:
        wait = (query.timeout or STATEMENT_SECONDS) + GRACE_SECONDS
        self._with(self.session, lambda session: session.run(query).consume(), seconds=wait)

    def write(
        self, steps: Iterable[tuple[str, Mapping[str, Any]]], check: Callable[[Counters], None] | None = None
    ) -> Counters:
        """Run statements in one managed transaction; all of them stand, or none.

        Args:
            check: is given the database's own counters before the end; where it raises, nothing of it stands.
        """
        return self._transact(list(steps), check)

    def _transact(
        self, work: list[tuple[str, Mapping[str, Any]]], check: Callable[[Counters], None] | None = None
    ) -> Counters:
        """As `write`, which is what data comes by: who counts the writes of a load, counts no schema."""

        @neo4j.unit_of_work(timeout=STATEMENT_SECONDS)
        def run(tx: neo4j.ManagedTransaction) -> Counters:
            done = Counters()
            for text, params in work:
                done.add(tx.run(*sent(text, params, self.engine)).consume().counters)
            if check:
                check(done)
            return done

        return cast(Counters, self._with(self.session, lambda session: session.execute_write(run)))

    def read(self, text: str, /, **params: Any) -> list[dict[str, Any]]:
        """Rows of one of our own read statements, dates as `datetime.date`."""

        @neo4j.unit_of_work(timeout=STATEMENT_SECONDS)
        def run(tx: neo4j.ManagedTransaction) -> list[dict[str, Any]]:
            return [row(record) for record in tx.run(*sent(text, params, self.engine))]

        def asked() -> list[dict[str, Any]]:
            return cast(list[dict[str, Any]], self._with(self._reading, lambda session: session.execute_read(run)))

        return self._again(asked)

    def ask(self, text: str, params: Mapping[str, Any], *, limit: int, seconds: float) -> Answer:
        """Run a user's own query where it can't write.

        Args:
            limit: most rows to return; one more is fetched to know whether it cut.
            seconds: time limit of the query.
        Raises:
            StoreError: it would do more than read, is no Cypher, or takes longer than its time.
        """
        check_reads(text, self.endpoint.where)
        # The driver asks again where its connection broke or memory ran out, and we do where the engine ended. All of
        # that is within the one limit: a query that has had its time is never asked again.
        left, ends, begun = seconds, 0.0, False

        def run(tx: neo4j.ManagedTransaction, mark: str) -> Answer:
            nonlocal begun
            if begun and time.monotonic() >= ends:
                raise faults.overdue(self.endpoint, seconds)
            begun = True
            result = tx.run(mark + text, dict(params))
            if explains(text):
                return Answer(["plan"], [{"plan": plan(result)}], False)
            rows, cut = bounded(result, limit, self.endpoint.where)
            return Answer(list(result.keys()), rows, cut)

        def asked() -> Answer:
            nonlocal left, ends
            if left <= 0:
                raise faults.overdue(self.endpoint, seconds)
            ends = time.monotonic() + left
            timed = neo4j.unit_of_work(timeout=left)(run)
            # The limit's own error must reach the caller, so the guard stands inside it.
            with time_limit(self.endpoint, left, seconds) as mark:
                use = lambda session: session.execute_read(timed, mark)  # noqa: E731
                try:
                    wait = left + min(GRACE_SECONDS, max(2.0, seconds))  # it may be reading the query all this time
                    return cast(Answer, self._with(self._reading, use, text, seconds=wait))
                except UnansweredError:
                    raise faults.overdue(self.endpoint, seconds) from None
                finally:  # the time that another engine takes to start is not the query's
                    left = ends - time.monotonic()

        return self._again(asked, _AGAIN_FREE)

    def stream(self, text: str, /, **params: Any) -> Iterator[dict[str, Any]]:
        """Rows one at a time, so that memory stays flat whatever their number."""

        def begun() -> tuple[neo4j.Session, neo4j.Result, list[neo4j.Record]]:
            session = self._reading()
            result, rows = self._guard(lambda: first(session.run(*sent(text, params, self.engine))))
            return session, result, rows

        session, result, rows = self._again(begun)
        try:
            while rows:
                yield from map(row, rows)
                rows = self._guard(lambda: list(islice(result, CHUNK)))
        finally:
            within(_CLOSE_SECONDS, session.close)

    def _again(self, asked: Callable[[], Result], times: int = _AGAIN) -> Result:
        """What is read; asked once more, and of the next engine, where the embedded one has ended meanwhile."""
        for _ in range(times):
            try:
                return asked()
            except GoneError:
                if self._engine is None:
                    raise
            self._disconnect()
            self._connect(self._engine.renew())
        return asked()

    def _reading(self) -> neo4j.Session:
        reader = self.endpoint.reader
        if reader is not None and self._reader is None:
            self._reader = driver_of(self.endpoint, reader)
        driver = self._reader or self._driver
        return driver.session(
            database=self.endpoint.database, default_access_mode=neo4j.READ_ACCESS, bookmark_manager=self._bookmarks
        )

    def _with(
        self, opened: Callable[[], neo4j.Session], use: Callable[[neo4j.Session], Any], text: str = "", *,
        seconds: float | None = None,
    ) -> Any:  # fmt: skip
        """Use a session of its own. It is closed where it was used: on a link that is cut half, that takes for ever."""

        def action() -> Any:
            with opened() as session:
                return use(session)

        return self._guard(action, text, seconds=seconds)

    def _guard(self, action: Any, text: str = "", *, seconds: float | None = None) -> Any:
        if self._process != os.getpid():
            raise faults.forked(self.endpoint)
        try:
            # The driver waits for ever for a server that says nothing.
            wait = ANSWER_SECONDS if seconds is None else seconds
            found = within(wait, lambda: (action(),))
            if found is None:
                raise faults.unanswered(self.endpoint, wait)
            return found[0]
        except (ServiceUnavailable, SessionExpired) as error:
            raise faults.unreachable(self.endpoint, error, known=self._known) from error
        except (TransactionError, ResultError) as error:  # of a transaction or rows that an earlier error ended
            raise faults.unreachable(self.endpoint, error, known=True) from error
        except Neo4jError as error:
            raise faults.refused(self.endpoint, error, text) from error
        except (DriverError, OSError, ValueError) as error:
            raise faults.broken(self.endpoint, error, known=self._known) from error


def open_store(
    home: Path | str | None = None, uri: str | None = None, username: str | None = None,
    password: str | None = None, database: str | None = None,
) -> Store:  # fmt: skip
    """Connect to the given address, else NEO4J_URI, else the embedded engine in the home folder.

    Raises:
        StoreError: the server or engine can't be used; the message says what, where and what to do.
    """
    address = (uri or os.environ.get("NEO4J_URI", "")).strip()  # a file with CRLF leaves \r behind each value
    if not address:
        return open_at_home(home_folder(home))
    endpoint = Endpoint(
        uri=address,
        username=username or os.environ.get("NEO4J_USERNAME", "neo4j").strip(),
        password=password or os.environ.get("NEO4J_PASSWORD", "").rstrip("\r\n"),
        database=database or os.environ.get("NEO4J_DATABASE", "").strip() or None,
        engine="neo4j",
        reader=None,
        where=may_be_told(address),
    )
    return Store(endpoint)


def open_at_home(home: Path) -> Store:
    """The engine of a home folder, whatever NEO4J_URI says; imported late, since a server's user need not pay for it.

    Raises:
        StoreError: the engine can't be used.
    """
    from .engine import choice
    from .engine.arcade import NOT_INSTALLED
    from .engine.embedded import EmbeddedEngine

    if choice.chosen() != choice.NEO4J:
        try:
            engine = EmbeddedEngine(home)
            return Store(engine.endpoint, engine)
        except EngineError as error:  # its package may be there and not fit this system
            if not error.what.startswith(NOT_INSTALLED) or os.environ.get("CHINAAI_ENGINE"):
                raise
            if not choice.installed(choice.NEO4J):
                raise
    from .engine.local_neo4j import LocalNeo4j

    return Store(LocalNeo4j(home).start(on_progress=logging.getLogger("chinaai").info))
