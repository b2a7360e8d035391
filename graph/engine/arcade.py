"""ArcadeDB in this process, behind its Bolt plugin on loopback. The one module that knows this engine.

It runs in the keeper's process alone, which does nothing else and never forks.

Two builds carry it: the native one (`arcadedb`, preferred) and the one with a Java runtime
(`arcadedb_embedded`). Both open an HTTP port beside Bolt and can't be told not to; it listens on
loopback, wants the same generated secrets, and the ways from a query to files and addresses
(LOAD CSV, script languages) are shut.
"""

from __future__ import annotations

import base64
import hashlib
import importlib
import json
import os
import re
import shlex
import socket
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from types import ModuleType
from typing import Any

from ..errors import EngineError
from .choice import build_of
from .files import private_folder, read_private, write_private
from .seal import damaged

LOOPBACK = "127.0.0.1"
DATABASE = "chinaai"
ROOT, READER = "root", "reader"
#: Ceiling of the engine's own memory; page cache and Python come on top.
HEAP = "768m"
#: Packages by the names of the engines.
_BUILDS = {"arcadedb": "arcadedb", "arcadedb-embedded": "arcadedb_embedded"}
#: File of the folder that says which build wrote it.
_NOTE = "build.json"
#: How the error begins where no build of this engine can be imported.
NOT_INSTALLED = "the embedded engine is not installed"
_PLUGIN = "Bolt:com.arcadedb.bolt.BoltProtocolPlugin"
_PORT_TRIES = 5
_SERVER_RIGHTS = ["updateSecurity", "updateSchema", "updateDatabaseSettings"]
_RECORD_RIGHTS = ["createRecord", "readRecord", "updateRecord", "deleteRecord"]
_SETTINGS = {
    "host": LOOPBACK,
    "bolt_host": LOOPBACK,
    "server_plugins": _PLUGIN,
    # The other mode hides what is wrong with a statement behind "check the server log".
    "mode": "development",
    "opencypher_loadCsv_allowFileUrls": "false",
    "opencypher_loadCsv_allowRemoteUrls": "false",
    "polyglotEngineEnabled": "false",
}


class Arcade:
    """A running engine.

    Args:
        folder: its own folder; made if missing.
        secrets: passwords of `root` and `reader`, the same at every start of this folder.
        seconds: time after which a statement is cut, whoever sent it.
        names: label of our nodes and name of the full-text index over their `words`. They are given, since the
            declarations that hold them take a second to import.

    Raises:
        EngineError: it is not installed or can't start.
    """

    def __init__(self, folder: Path, secrets: dict[str, str], *, seconds: float, names: tuple[str, str]) -> None:
        self._folder = folder
        _prepare(folder, secrets)
        package, self.build = _package(folder)
        _check_build(folder.parent, self.build)
        self._server, self.port = _start(package, folder, secrets[ROOT])
        try:
            self._database = self._server.create_database(DATABASE)
            self.limit(seconds)
            self._names = names
            self._index_names(*names)
        except BaseException as error:
            self.stop()
            if isinstance(error, EngineError) or not isinstance(error, Exception):
                raise
            raise _failed(folder, error) from error
        write_private(folder.parent / _NOTE, {"build": self.build})

    def limit(self, seconds: float) -> None:
        """Cut every statement after this time; the engine keeps it for the next start."""
        setting = f"ALTER DATABASE `arcadedb.command.timeout` {max(1, round(seconds * 1000))}"
        self._database.command("sql", setting)

    def mend_indexes(self) -> None:
        """Make anew each unique index that does not hold every record of its type.

        After a kill the engine's log brings its records back; an index was once found short of one, and would have let
        the same id in twice. A kill of this itself leaves a type without its index, which the next load that writes
        makes.

        Raises:
            EngineError: two records bear what must be unique, or the engine can't make the index.
        """
        try:
            self._mend_indexes()
        except EngineError:
            raise
        except Exception as error:
            raise _failed(self._folder, error) from error

    def _mend_indexes(self) -> None:
        nodes = {one.get("name") for one in self._rows("schema:types") if one.get("type") == "vertex"}
        for index in self._rows("schema:indexes"):
            if not index.get("unique") or index.get("fileId") is not None:  # the parts of one have files
                continue
            name, kind, keys = index.get("name"), index.get("typeName"), index.get("properties")[0]
            if len(keys) == 1 and not self._holds_all(name, kind, keys[0]):
                self._check_once(kind, keys[0])
                pattern = f"(n:`{kind}`)" if kind in nodes else f"()-[n:`{kind}`]-()"
                self._make_unique(name, f"{pattern} REQUIRE n.`{keys[0]}` IS UNIQUE", ours=kind == self._names[0])

    def _holds_all(self, index: str, kind: str, key: str) -> bool:
        held = self._count(f"index:`{index}`")
        # The engine keeps the number of records; to look into each takes far longer.
        return held == self._count(f"`{kind}`") or held == self._count(f"`{kind}` WHERE `{key}` IS NOT NULL")

    def _check_once(self, kind: str, key: str) -> None:
        """Before the index is dropped, which could not be made again."""
        by_key = f"(SELECT `{key}` AS `key`, count(*) AS n FROM `{kind}` WHERE `{key}` IS NOT NULL GROUP BY `{key}`)"
        if twice := self._rows(f"{by_key} WHERE n > 1 LIMIT 1"):
            what = f"{twice[0].get('n')} records of {kind} bear the {key} '{twice[0].get('key')}'"
            raise damaged(self._folder.parent, what)

    def _make_unique(self, index: str, rule: str, *, ours: bool) -> None:
        self._database.command("sql", f"DROP INDEX `{index}`")
        self._database.command("opencypher", f"CREATE CONSTRAINT FOR {rule}")
        if ours:  # the index of names may be short of the same records, and can't be counted
            self._database.command("sql", f"DROP INDEX {self._names[1]}")
            self._index_names(*self._names)

    def _rows(self, what: str) -> list[Any]:
        return list(self._database.query("sql", f"SELECT FROM {what}"))

    def _count(self, what: str) -> int:
        return int(next(iter(self._database.query("sql", f"SELECT count(*) AS n FROM {what}"))).get("n"))

    def stop(self) -> None:
        """Stop it; what was committed is on disk already."""
        self._server.stop()

    def _index_names(self, mark: str, index: str) -> None:
        """The full-text index over names: the engine's Cypher asks it, but only its SQL can make it."""
        analyser = "org.apache.lucene.analysis.core.WhitespaceAnalyzer"
        for text in (
            f"CREATE VERTEX TYPE {mark} IF NOT EXISTS",
            f"CREATE PROPERTY {mark}.words IF NOT EXISTS STRING",
            f"CREATE INDEX {index} IF NOT EXISTS ON {mark} (words) FULL_TEXT METADATA {{ analyzer: '{analyser}' }}",
        ):
            self._database.command("sql", text)


def _prepare(folder: Path, secrets: dict[str, str]) -> None:
    config = private_folder(folder / "config")
    private_folder(folder / "log")
    groups = {"admin": _group(_SERVER_RIGHTS, _RECORD_RIGHTS), READER: _group([], ["readRecord"])}
    write_private(config / "server-groups.json", {"version": 1, "databases": {"*": {"groups": groups}}})
    accounts = [
        {"name": name, "password": _hashed(secrets[name]), "databases": {"*": [group]}}
        for name, group in ((ROOT, "admin"), (READER, READER))
    ]
    write_private(config / "server-users.jsonl", "".join(f"{json.dumps(one)}\n" for one in accounts))


def _hashed(password: str) -> str:
    """A password as the engine keeps it.

    One round: the many that make guessing slow, where somebody chose a password, took the engine 0.15 s for each
    account at each start; nobody guesses these 32 random bytes, and they stand in clear beside them.
    """
    salt = base64.b64encode(os.urandom(32))
    made = hashlib.pbkdf2_hmac("sha256", password.encode(), salt, 1)
    return f"PBKDF2WithHmacSHA256$1${salt.decode()}${base64.b64encode(made).decode()}"


def _group(server: list[str], records: list[str]) -> dict[str, Any]:
    types = {"*": {"access": records}}
    return {"access": server, "resultSetLimit": -1, "readTimeout": -1, "types": types}


def _package(folder: Path) -> tuple[ModuleType, str]:
    """The first build that can be imported, and its name with its version."""
    wanted = os.environ.get("CHINAAI_ENGINE", "").strip()
    reasons = []
    with _environment(folder):
        for engine, name in _BUILDS.items():
            if wanted in _BUILDS and engine != wanted:
                continue
            try:
                with _quiet(folder, name):
                    return importlib.import_module(name), build_of(engine)
            except ImportError as error:
                if error.name != name:
                    reasons.append(str(error).splitlines()[0])
    why = f": {reasons[0]}" if reasons else ""
    hint = "install another (extra 'native', arcadedb-embedded, or extra 'neo4j'), or set NEO4J_URI to a server"
    raise EngineError(f"{NOT_INSTALLED}{why}", str(folder), hint)


def _check_build(folder: Path, build: str) -> None:
    """Refuse a store that a newer build has written, before this one can damage it."""
    found = read_private(folder / _NOTE)
    held = str(found.get("build", "")) if found else ""
    if held and _version(held) > _version(build):
        hint = "install that one; or move the folder away, or give another --home, and run chinaai build"
        raise EngineError(f"the graph was written by {held}, which {build} may not be able to read", str(folder), hint)


def _version(build: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", build.partition(" ")[2])[:3])


@contextmanager
def _environment(folder: Path) -> Iterator[None]:
    """The library reads log folder and heap ceiling from the environment, once, when it is loaded."""
    logging = f"-Djava.util.logging.config.file={shlex.quote(_java_logging(folder))}"
    wanted = {
        "ARCADEDB_LOG_DIR": str(folder / "log"),
        "ARCADEDB_LOG_CONSOLE": "0",
        "ARCADEDB_NATIVE_ISOLATE_ARGS": f"-Xmx{HEAP} {logging}",
        "ARCADEDB_JVM_ARGS": f"-Xmx{HEAP} {logging}",
    }
    added = {key: value for key, value in wanted.items() if key not in os.environ}
    os.environ.update(added)
    try:
        yield
    finally:
        for key in added:
            os.environ.pop(key, None)


def _java_logging(folder: Path) -> str:
    """Settings of the engine's log, as seen from the keeper's folder, since the native build splits at every space.

    Left to itself the Java build logs to the console and the working directory, and both take `%h` and the like in a
    path for the user's home and so on.
    """
    settings = folder / "config" / "logging.properties"
    handler = "java.util.logging.FileHandler"
    lines = {
        "handlers": handler,
        ".level": "INFO",
        f"{handler}.pattern": (folder / "log" / "engine.log").as_posix().replace("%", "%%"),
        f"{handler}.formatter": "com.arcadedb.log.LogFormatter",
        f"{handler}.limit": "10000000",
        f"{handler}.count": "2",
    }
    text = "".join(f"{key} = {value}\n" for key, value in lines.items())
    settings.write_text(text, encoding="iso-8859-1", errors="backslashreplace")  # as Java reads such files
    return Path(os.path.relpath(settings)).as_posix()


@contextmanager
def _quiet(folder: Path, build: str) -> Iterator[None]:
    """Keep what Java itself writes while it starts; no setting of its own silences that line."""
    if build == "arcadedb":
        yield
        return
    sys.stderr.flush()
    kept = os.dup(2)
    try:
        with (folder / "log" / "java.log").open("ab") as log:
            os.dup2(log.fileno(), 2)
            yield
    finally:
        os.dup2(kept, 2)
        os.close(kept)


def _start(package: ModuleType, folder: Path, password: str) -> tuple[Any, int]:
    problem: Exception | None = None
    for _ in range(_PORT_TRIES):
        bolt, web = _free_ports()
        config = {**_SETTINGS, "bolt_port": bolt, "http_port": web}
        with _environment(folder), _quiet(folder, package.__name__):
            try:
                server = package.create_server(root_path=str(folder), root_password=password, config=config)
                server.start()
            except Exception as error:
                problem = error
                if "listen" not in str(error).lower():  # else: a port was taken in between
                    break
                continue
        return server, bolt
    raise _failed(folder, problem) from problem


def _free_ports() -> tuple[int, int]:
    with socket.socket() as one, socket.socket() as other:
        one.bind((LOOPBACK, 0))
        other.bind((LOOPBACK, 0))
        return one.getsockname()[1], other.getsockname()[1]


def _failed(folder: Path, error: Exception | None) -> EngineError:
    lines = str(error).splitlines()
    what = lines[0] if lines else type(error).__name__
    hint = f"see {folder / 'log'}; where the data is damaged, move the folder away and build again"
    return EngineError(f"the embedded engine did not start: {what.rstrip('.')}", str(folder), hint)
