"""What listens at an address and whether it answers, within a time that holds."""

from __future__ import annotations

import enum
import socket
import time

import neo4j
from neo4j.exceptions import AuthError, DriverError, Neo4jError

from .processes import within

# Magic number, then four version proposals: 6.0, 5.0 to 5.8, 4.4, none.
_HELLO = bytes.fromhex("6060b017 00000006 00080805 00000404 00000000")
#: First bytes of the alert with which a TLS server answers what is no TLS.
_TLS_ALERT = bytes.fromhex("1503")


class Peer(enum.Enum):
    """What listens at a port."""

    NOBODY = "nobody"
    SILENT = "silent"
    BOLT = "bolt"
    OTHER_BOLT = "bolt of other versions"
    TLS = "tls"
    OTHER = "other"


class Answer(enum.Enum):
    """What came back."""

    YES = "yes"
    REFUSED = "refused"
    SILENT = "silent"


def ask(host: str, port: int, auth: tuple[str, str], database: str, *, seconds: float) -> Answer:
    """Log in and run `RETURN 1`; a port that does not speak Bolt gets no secret."""
    deadline = time.monotonic() + seconds
    if peer_at(host, port, seconds=min(seconds, 1.0)) not in (Peer.BOLT, Peer.OTHER_BOLT):
        return Answer.SILENT

    def log_in() -> Answer:
        try:
            with neo4j.GraphDatabase.driver(
                f"bolt://{host}:{port}",
                auth=auth,
                connection_timeout=seconds,
                connection_acquisition_timeout=seconds,
                max_transaction_retry_time=0,
            ) as driver:
                driver.execute_query("RETURN 1", database_=database)
            return Answer.YES
        except AuthError:
            return Answer.REFUSED
        except (DriverError, Neo4jError, OSError):
            return Answer.SILENT

    # The driver has no limit on the log-in itself.
    return within(max(0.0, deadline - time.monotonic()), log_in) or Answer.SILENT


def peer_at(host: str, port: int, *, seconds: float) -> Peer:
    """Say hello in Bolt and tell by the answer what listens."""
    try:
        with socket.create_connection((host, port), timeout=seconds) as link:
            link.settimeout(seconds)
            try:
                link.sendall(_HELLO)
                return _told(link.recv(4))
            except TimeoutError:
                return Peer.SILENT
            except OSError:
                return Peer.OTHER
    except (OSError, OverflowError, UnicodeError):
        return Peer.NOBODY


def _told(answer: bytes) -> Peer:
    if answer.startswith(_TLS_ALERT) or not answer:  # some TLS servers hang up without a word
        return Peer.TLS
    if len(answer) < 4 or answer[:2] != b"\0\0":
        return Peer.OTHER
    return Peer.BOLT if any(answer) else Peer.OTHER_BOLT
