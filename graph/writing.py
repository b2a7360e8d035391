"""One load at a time: whoever comes second waits, says for whom, and then plans against what stands by then.

On the embedded engine it is a lock of the operating system on a file of the home folder. On a server it is the lock of
a node, held by a transaction that stays open: the server lets go of it with the connection. Nothing that a killed load
leaves behind can keep others waiting.
"""

from __future__ import annotations

import contextlib
import getpass
import json
import logging
import os
import socket
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path

import neo4j
from filelock import FileLock, Timeout
from neo4j.exceptions import DriverError, Neo4jError

from .engine.files import unusable
from .engine.processes import within
from .errors import ChinaAIError
from .store import Store

_log = logging.getLogger("chinaai")
#: Seconds after which a wait is told.
_PATIENCE = 2.0
#: Seconds that letting go may take.
_LEAVING_SECONDS = 5.0
# A label of their own: a transaction that holds a node keeps constraints on the node's labels from being made.
_TURN, _HOLDER = "turn", "holder"
_MAKE = "UNWIND $names AS name MERGE (:ChinaAITurn {id: name})"
_TAKE = "MATCH (s:ChinaAITurn {id: $name}) SET s.taken = true"
_SIGN = "MATCH (s:ChinaAITurn {id: $name}) SET s.who = $who"
_ASK = "MATCH (s:ChinaAITurn {id: $name}) RETURN s.who AS who"


@contextmanager
def writing(store: Store, *, dry_run: bool = False) -> Iterator[None]:
    """Be the only one who loads into this graph; inside another such block of the same store, or of a dry run, nothing.

    A wait of more than two seconds is told by the logger `chinaai`, which writes to stderr where nobody set it up.

    Raises:
        StoreError: the folder can't be used, or the server breaks off.
    """
    if store.writing or dry_run:
        yield
        return
    with _of_folder(store) if store.engine == "embedded" else _of_server(store):
        store.writing = True
        try:
            yield
        finally:
            store.writing = False


@contextmanager
def _of_folder(store: Store) -> Iterator[None]:
    folder = Path(store.endpoint.where)
    lock, note = FileLock(folder / "write.lock", mode=0o600, thread_local=False), folder / "writer.json"
    try:
        try:
            lock.acquire(timeout=_PATIENCE)
        except Timeout:
            with contextlib.suppress(OSError, ValueError):
                _tell(json.loads(note.read_text(encoding="utf-8"))["who"], str(folder))
            lock.acquire()
        note.write_text(json.dumps({"who": _who()}), encoding="utf-8")
    except OSError as error:
        lock.release()
        raise unusable(folder, error) from error
    try:
        yield
    finally:
        lock.release()


@contextmanager
def _of_server(store: Store) -> Iterator[None]:
    with _session(store) as session, _session(store) as beside:
        try:
            beside.run(_MAKE, names=[_TURN, _HOLDER]).consume()
            transaction = session.begin_transaction()
        except (DriverError, Neo4jError, OSError) as error:
            store.raise_for(error)
            raise
        try:
            _take(store, transaction)
            try:
                beside.run(_SIGN, name=_HOLDER, who=_who()).consume()
            except (DriverError, Neo4jError, OSError) as error:
                store.raise_for(error)
            yield
        finally:
            _last(lambda: beside.run(_SIGN, name=_HOLDER, who="").consume())
            _last(transaction.rollback)


@contextmanager
def _session(store: Store) -> Iterator[neo4j.Session]:
    """A session whose end says nothing: on a link that is cut, what broke the load off is told, not the good-bye."""
    session = store.session()
    try:
        yield session
    finally:
        _last(session.close)


def _last(action: Callable[[], object]) -> None:
    """What is done on leaving, as far as the link lets it, and no longer than a moment."""
    with contextlib.suppress(DriverError, Neo4jError, OSError):
        within(_LEAVING_SECONDS, action)


def _take(store: Store, transaction: neo4j.Transaction) -> None:
    """Wait for the lock of the node, however long that takes: its holder works, and is named."""
    failed: list[BaseException] = []

    def take() -> None:
        try:
            transaction.run(_TAKE, name=_TURN).consume()
        except BaseException as error:  # whatever it is, it belongs to the caller
            failed.append(error)

    waiter = threading.Thread(target=take, daemon=True)
    waiter.start()
    waiter.join(_PATIENCE)
    if waiter.is_alive():
        with contextlib.suppress(ChinaAIError):
            rows = store.read(_ASK, name=_HOLDER)
            who = rows[0]["who"] if rows else ""
            _tell(who or "somebody's open transaction; SHOW TRANSACTIONS tells whose", store.endpoint.where)
        while waiter.is_alive():
            waiter.join(_PATIENCE)
    if failed:
        store.raise_for(failed[0])


def _who() -> str:
    command = Path(sys.argv[0]).name if sys.argv and sys.argv[0] else "python"
    try:
        user = getpass.getuser()
    except (OSError, KeyError):
        user = "somebody"
    since = datetime.now().strftime("%H:%M:%S")
    return f"process {os.getpid()} ({command}) of {user} on {socket.gethostname()}, since {since}"


def _tell(who: str, where: str) -> None:
    _log.warning("waiting for another load to end (%s): %s", where, who)
