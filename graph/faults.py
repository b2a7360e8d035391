"""What a failed connection or statement means, in one sentence: what, where, what to do."""

from __future__ import annotations

from pathlib import Path
from urllib.parse import urlsplit

from neo4j.exceptions import (
    AuthError,
    BrokenRecordError,
    ConfigurationError,
    Neo4jError,
    UnsupportedServerProduct,
)

from .engine.bolt import Peer, peer_at
from .engine.endpoint import Endpoint
from .engine.files import is_full, no_room
from .errors import GoneError, StoreError, UnansweredError

#: Oldest Neo4j that knows the shared statements: scoped subqueries `CALL (x) { … }` came with 5.23.
MINIMUM_NEO4J = (5, 23)
_PROBE_SECONDS = 3.0
#: Codes of a statement of ours that was ended while it waited.
_LOCKED = ("TransactionTimedOut", "LockAcquisitionTimeout", "LockClientStopped", "TransactionTerminated")
#: Codes by which the embedded engine says that it can't read its own files.
_UNREADABLE = ("EntityNotFound", "Neo.DatabaseError.General")
#: Signs by which a server says that something beneath it failed, such as the disk.
_FAILED = ("critical error", "needs to be restarted", "no space left", "not enough space", "disk full", "disk is full")
_READS_ONLY = "this connection reads only; the query would write"
#: Signs by which the engines say that a read-only connection may not do this.
_WRITES = ("AccessMode", "Forbidden", "not allowed", "Transaction not begun")


def first_line(error: BaseException) -> str:
    """First line of an error's text, without its final full stop."""
    # The `message` of the driver's own errors says "unexpected error" alone; that of the server's is its text.
    text = str((error.message if isinstance(error, Neo4jError) else None) or error).strip()
    return text.splitlines()[0].rstrip(".") if text else type(error).__name__


def unreachable(endpoint: Endpoint, error: BaseException, *, known: bool = False) -> StoreError:
    """The server can't be talked to; a look at what listens there tells why. `known`: it has answered us before."""
    if endpoint.engine == "embedded":
        if lack := full(endpoint):
            return lack
        hint = "run the command again; it starts the engine itself and goes on from what stands"
        return GoneError("the embedded engine has ended", endpoint.where, hint)
    if known:
        hint = "see whether it still runs, and run this again; what was written stands whole or not at all"
        return GoneError("the connection to the server was cut off", endpoint.where, hint)
    address = urlsplit(endpoint.uri)
    encrypted = "+s" in address.scheme
    found = peer_at(address.hostname or "", _port(endpoint.uri), seconds=_PROBE_SECONDS)
    if found is Peer.TLS and encrypted:
        what, hint = "the server's certificate is not trusted", "mend it, or use the scheme with +ssc to trust any"
    elif found is Peer.TLS or (encrypted and found in (Peer.BOLT, Peer.OTHER_BOLT)):
        what = "the encryption of address and server differ"
        hint = "use bolt+s:// or neo4j+s:// where the server speaks TLS, bolt:// or neo4j:// where it does not"
    elif found is Peer.OTHER_BOLT:
        return too_old(endpoint, "of a version that this driver does not speak")
    elif found is Peer.OTHER:
        what, hint = "what listens there is no Neo4j server", "mend NEO4J_URI; the Bolt port is 7687 as a rule"
    elif found is Peer.SILENT:
        what, hint = "the server takes connections and does not answer", "look at its log or start it anew"
    elif found is Peer.BOLT:
        what, hint = f"the server broke the connection off: {first_line(error)}", "look at its log or start it anew"
    else:
        what = "no Neo4j server answers"
        hint = "start it, or mend NEO4J_URI; without NEO4J_URI the embedded engine is used"
    return GoneError(what, endpoint.where, hint)


def unanswered(endpoint: Endpoint, seconds: float) -> StoreError:
    """Nothing came back in time, neither rows nor an error: a link cut half, or a server that hangs."""
    hint = "look at its log and at the network between; what was written stands whole or not at all"
    return UnansweredError(f"the server has not answered for {seconds:g} s", endpoint.where, hint)


def overdue(endpoint: Endpoint, seconds: float) -> StoreError:
    """A user's own query has had its time, and the engine has not ended it."""
    hint = "narrow it, or allow it more time"
    return StoreError(f"the query took longer than its limit of {seconds:g} s", endpoint.where, hint)


def forked(endpoint: Endpoint) -> StoreError:
    """A connection is used by a child of the process that opened it."""
    hint = "open one in the child, or start workers with the 'spawn' method"
    return StoreError("a connection can't be used in a forked process", endpoint.where, hint)


def too_old(endpoint: Endpoint, agent: str) -> StoreError:
    """The server does not know the shared statements."""
    wanted = ".".join(map(str, MINIMUM_NEO4J))
    return StoreError(f"the server is {agent}, which is too old", endpoint.where, f"use Neo4j {wanted} or newer")


def refused(endpoint: Endpoint, error: Neo4jError, text: str) -> StoreError:
    """The server answered with an error. `text` is a user's own query, or empty."""
    code, message = error.code or "", first_line(error)
    if isinstance(error, AuthError) and endpoint.engine == "embedded":
        return unreachable(endpoint, error)  # another engine of the folder has taken its place
    if isinstance(error, AuthError):
        hint = "set NEO4J_USERNAME and NEO4J_PASSWORD to an account of this server"
        return StoreError("the server refused user name or password", endpoint.where, hint)
    if "AuthenticationRateLimit" in code:
        hint = "mend NEO4J_USERNAME or NEO4J_PASSWORD, and wait some seconds"
        return StoreError("the server takes no log-in for a while, after several wrong ones", endpoint.where, hint)
    if any(sign in code or sign in message for sign in _WRITES):
        return StoreError(_READS_ONLY, endpoint.where, "change facts in seeds/")
    if "DatabaseNotFound" in code:
        return StoreError(f"there is no database '{endpoint.database}'", endpoint.where, "mend NEO4J_DATABASE")
    if not text and any(sign in code for sign in _LOCKED):
        hint = "somebody else's transaction may hold what it needs: SHOW TRANSACTIONS tells; end it, and run this again"
        return StoreError("a statement was not done in its time", endpoint.where, hint)
    if "TransactionTimedOut" in code or "timeout" in message.casefold():
        return StoreError("the query took longer than its time limit", endpoint.where, "narrow it, or raise --seconds")
    if text:
        return StoreError(f"the query was refused: {message}", endpoint.where)
    if endpoint.engine == "embedded" and any(sign in code for sign in _UNREADABLE) and not full(endpoint):
        hint = "where its files are damaged, move that folder away and run 'chinaai build', which makes the graph anew"
        return StoreError(f"the embedded engine can't read the graph: {message}", endpoint.where, hint)
    return full(endpoint, message) or StoreError(f"the database refused: {message}", endpoint.where, code)


def full(endpoint: Endpoint, message: str = "") -> StoreError | None:
    """The error where an engine failed because its disk is full, which neither says: the disk itself is asked."""
    if endpoint.engine == "embedded":
        return no_room(Path(endpoint.where)) if is_full(Path(endpoint.where)) else None
    if not any(sign in message.casefold() for sign in _FAILED):
        return None
    folder = _folder_of(endpoint)
    if folder is not None and is_full(folder):
        again = "make room on it, start the server anew (chinaai neo4j stop, then start), and run this again"
        return StoreError("the disk of the server is full", str(folder), again)
    hint = "its disk may be full: look at its log, make room, start it anew, and run this again"
    return StoreError(f"the server has failed: {message}", endpoint.where, hint)


def _folder_of(endpoint: Endpoint) -> Path | None:
    """Where the server keeps its data, if it is the one of `chinaai neo4j start`."""
    from .engine.local_neo4j import LocalNeo4j
    from .home import home_folder

    server = LocalNeo4j(home_folder())
    return server.folder if server.status().uri == endpoint.uri else None


def broken(endpoint: Endpoint, error: BaseException, *, known: bool = False) -> StoreError:
    """Anything else that the driver raises. `known`: the server has answered us before."""
    if isinstance(error, ConfigurationError) and "not supported for the Bolt Protocol" in str(error):
        return too_old(endpoint, "of a version before 5.7")  # ours asks for what came with Bolt 5.2
    if isinstance(error, BrokenRecordError) or "ordinal must be" in str(error):  # a day before the year 1
        hint = "return it as text: toString(…)"
        return StoreError("the answer holds a value that Python has no room for", endpoint.where, hint)
    if isinstance(error, UnsupportedServerProduct):
        return unreachable(endpoint, error, known=known)
    if isinstance(error, UnicodeEncodeError):
        return StoreError("a text holds half a character", "", "it was cut or read in the wrong encoding")
    if "are not supported" in str(error):
        return StoreError(
            f"a value can't be sent: {first_line(error)}", "", "send text, numbers, days or lists of these"
        )
    return StoreError(f"the database connection failed: {first_line(error)}", endpoint.where)


def _port(uri: str) -> int:
    try:
        return urlsplit(uri).port or 7687
    except ValueError:
        return 0
