"""A time limit for one query, where the engine doesn't keep the driver's."""

from __future__ import annotations

import contextlib
import secrets
import threading
from collections.abc import Iterator
from contextlib import contextmanager

import neo4j
from neo4j.exceptions import DriverError, Neo4jError

from ..faults import overdue
from .endpoint import Endpoint

_RETRY = 0.2
_SHOW = "SHOW TRANSACTIONS"


@contextmanager
def time_limit(endpoint: Endpoint, seconds: float, told: float | None = None) -> Iterator[str]:
    """End the query inside the block after this time.

    Yields a comment that must stand before the query's text: it is how the query is found among those
    that run. It is empty on Neo4j, which keeps the time limit that the driver sends. The query must
    run under the endpoint's reader account; nobody can end another account's queries.

    Args:
        told: the limit that the error names, where less than it is left.
    Raises:
        StoreError: the time was over before the block ended with success.
    """
    if endpoint.engine != "embedded" or endpoint.reader is None:
        yield ""
        return
    mark = f"/* {secrets.token_hex(8)} */ "
    over, done = threading.Event(), threading.Event()

    def end() -> None:
        over.set()
        while not done.is_set():
            with contextlib.suppress(DriverError, Neo4jError, OSError):
                if _terminate(endpoint, mark.strip()):
                    return
            done.wait(_RETRY)

    timer = threading.Timer(seconds, end)
    timer.daemon = True
    timer.start()
    try:
        yield mark
    except Exception as error:
        if not over.is_set():
            raise
        raise overdue(endpoint, seconds if told is None else told) from error
    finally:
        done.set()
        timer.cancel()


def _terminate(endpoint: Endpoint, mark: str) -> bool:
    with neo4j.GraphDatabase.driver(endpoint.uri, auth=endpoint.reader) as driver:
        rows = driver.execute_query(_SHOW, database_=endpoint.database).records
        found = [str(row["transactionId"]) for row in rows if mark in str(row["currentQuery"])]
        for number in found:
            driver.execute_query("TERMINATE TRANSACTION $number", {"number": number}, database_=endpoint.database)
        return bool(found)
