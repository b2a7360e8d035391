"""Whether a Bolt address answers, within a time that holds."""

from __future__ import annotations

import enum
import socket
import threading
import time

import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError

# Magic number, then four version proposals: 5.0 to 5.4, 4.4, none, none.
_HELLO = bytes.fromhex("6060b017 00040405 00000404 00000000 00000000")


class Answer(enum.Enum):
    """What came back."""

    YES = "yes"
    REFUSED = "refused"
    SILENT = "silent"


def ask(host: str, port: int, auth: tuple[str, str], database: str, *, seconds: float) -> Answer:
    """Log in and run `RETURN 1`; a port that does not speak Bolt gets no secret."""
    deadline = time.monotonic() + seconds
    if not shakes_hands(host, port, seconds=min(seconds, 1.0)):
        return Answer.SILENT
    found = [Answer.SILENT]

    def log_in() -> None:
        try:
            with neo4j.GraphDatabase.driver(
                f"bolt://{host}:{port}",
                auth=auth,
                connection_timeout=seconds,
                connection_acquisition_timeout=seconds,
                max_transaction_retry_time=0,
            ) as driver:
                driver.execute_query("RETURN 1", database_=database)
            found[0] = Answer.YES
        except AuthError:
            found[0] = Answer.REFUSED
        except (DriverError, Neo4jError, OSError):
            pass

    # The driver has no limit on the log-in itself; a thread that is left behind has one.
    thread = threading.Thread(target=log_in, daemon=True)
    thread.start()
    thread.join(max(0.0, deadline - time.monotonic()))
    return found[0]


def shakes_hands(host: str, port: int, *, seconds: float) -> bool:
    """True where something that speaks Bolt listens."""
    try:
        with socket.create_connection((host, port), timeout=seconds) as link:
            link.sendall(_HELLO)
            return len(link.recv(4)) == 4
    except OSError:
        return False
