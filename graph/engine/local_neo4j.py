"""A real Neo4j Community server on this machine: a folder of its own, loopback, started and stopped by us."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from ..errors import EngineError
from .admin import SERVER, command, environment, last_words, run_tool
from .aot import learn
from .artifacts import NEO4J_VERSION, Report, server_jars, silent
from .bolt import Answer, ask
from .conf import Memory, configuration, keep_memory, memory_of
from .endpoint import Endpoint
from .files import locked, noted, place_of, private_folder, read_private, unusable, write_private
from .importing import Importing
from .processes import end_bearing, identity, wait_gone

#: Seconds to wait for the server to answer.
START_SECONDS = 120.0
#: Seconds the server has to end in good order; then it is killed, which costs it a recovery at the next start.
STOP_SECONDS = 60.0
_KILL_SECONDS = 10.0
_LOCK_SECONDS = START_SECONDS + STOP_SECONDS
_ADMIN_SECONDS = 120.0
_ANSWER_SECONDS = 5.0
_HOST, _USER, _DATABASE = "127.0.0.1", "neo4j", "neo4j"
#: Out of reach of the terminal's signals, as a session of its own is elsewhere.
if sys.platform == "win32":
    _DETACHED = subprocess.DETACHED_PROCESS | subprocess.CREATE_NEW_PROCESS_GROUP
else:
    _DETACHED = 0


@dataclass(frozen=True)
class ServerStatus:
    """State of the local server; `running` is True as soon as its process lives."""

    running: bool
    pid: int | None
    uri: str | None
    home: str
    version: str


@dataclass(frozen=True)
class _Running:
    """The server's process."""

    port: int
    pid: int
    identity: str


class LocalNeo4j:
    """The server of one home folder, in `home/neo4j`. It outlives the process that starts it."""

    def __init__(self, home: Path, java: Sequence[str] = ()) -> None:
        self._java = tuple(java)  # words for Java, of a server that learns
        # The server works in its own folder, where a relative path would mean another place.
        self.folder = home.expanduser().absolute() / "neo4j"
        self._note_file = self.folder / "server.json"
        self._secret_file = self.folder / "secret.json"
        self.importing = Importing(self.folder)

    def start(
        self, port: int | None = None, on_progress: Callable[[str], None] | None = None, *, memory: Memory | None = None
    ) -> Endpoint:
        """Start the server, or find it running; ready when it lets us in and answers.

        Args:
            port: Bolt port on loopback; by default that of the last start, or a free one.
            on_progress: takes lines about the download and the start.
            memory: what it may take from its next start on; by default as last given.
        Raises:
            EngineError: the artifacts can't be fetched, the port is taken, or the server does not come up.
        """
        say = on_progress or silent
        private_folder(self.folder)
        if memory is not None:
            keep_memory(self.folder, memory)
        if self._running() is None:
            jars = server_jars(say)  # before the lock: nobody waits for a start that is a download
            if not self._java:
                learn(jars, LocalNeo4j, say)
        with self._lock(say):
            running = self._running()
            if running is not None:
                say(f"Neo4j is running already, process {running.pid}")
                return self._wait(running.pid, self._endpoint(running.port))
            return self._start(port, say)

    def stop(self, on_progress: Callable[[str], None] | None = None) -> bool:
        """Stop the server by its own process id; False where none ran.

        It is asked first, and killed after STOP_SECONDS. (Windows has no way to ask a process without a
        window; there it ends at once and recovers at its next start.)

        Raises:
            EngineError: it may not be stopped by this user, or does not end even when killed.
        """
        say = on_progress or silent
        if noted(self._note_file) is None:  # else it may be starting, which the lock waits for
            return False
        with self._lock(say):
            running = self._running()
            if running is None:
                return False
            self._end(running, say)
        return True

    @property
    def memory(self) -> Memory:
        """What it may take from its next start on."""
        return memory_of(self.folder)

    def status(self) -> ServerStatus:
        """Whether the server runs, and where."""
        running = self._running()
        uri = _uri(running.port) if running else None
        return ServerStatus(running is not None, running.pid if running else None, uri, str(self.folder), NEO4J_VERSION)

    def endpoint(self) -> Endpoint | None:
        """How to connect to the running server; None where it does not run."""
        running = self._running()
        return self._endpoint(running.port) if running else None

    def import_files(self, arguments: Sequence[str], check: Callable[[], object], say: Report) -> Endpoint:
        """Stop the server, let the import tool make its empty database anew, and start it; from `importing.working()`.

        Args:
            arguments: what the tool is to read and how; relative paths are in `importing.files`.
            check: called just before the stop; where it raises, nothing was touched.
        Raises:
            EngineError: the server does not run, or the tool failed; then it runs again and its database is empty.
        """
        jars = server_jars()
        with self._lock(say):
            running = self._running()
            if running is None:
                raise EngineError("the server does not run", str(self.folder), "start it: chinaai neo4j start")
            check()
            say("stopping the server for the import")
            self._end(running, say)
            words = ["database", "import", "full", _DATABASE, "--overwrite-destination=true", self.importing.report]
            try:
                self.importing.begin()
                say("importing")
                done = run_tool(self.folder, jars, [*words, *arguments], at=self.importing.files)
                if done.returncode:
                    raise EngineError(f"the import failed: {last_words(done.stderr or done.stdout)}", str(self.folder))
            except BaseException:  # Ctrl-C as well
                self.importing.clear()
                self._start(None, say)
                raise
            self.importing.end()
            return self._start(None, say)

    def _start(self, port: int | None, say: Report) -> Endpoint:
        end_bearing(self._home_argument, _KILL_SECONDS)  # of a start that was killed before it could note its server
        self.importing.sweep()
        jars = server_jars(say)
        chosen = self._port(port)
        self._configure(chosen)
        self._set_password(jars, say)
        say(f"starting Neo4j {NEO4J_VERSION} at {_uri(chosen)}")
        process = self._spawn(jars)
        known = identity(process.pid)
        try:
            if known is not None:
                self._note(chosen, process.pid, known)
            return self._wait(process.pid, self._endpoint(chosen))
        except BaseException:  # Ctrl-C as well: nothing that we started and did not hand out goes on
            process.kill()
            process.wait()
            self._note(chosen)
            raise

    def _port(self, wanted: int | None) -> int:
        if wanted is not None:
            if not _is_free(wanted):
                raise EngineError(f"port {wanted} is taken", _uri(wanted), "give another with --port")
            return wanted
        last = (noted(self._note_file) or {}).get("port")
        return last if isinstance(last, int) and last and _is_free(last) else _free_port()

    def _configure(self, port: int) -> None:
        text = configuration(_HOST, port, memory_of(self.folder))
        conf = private_folder(self.folder / "conf") / "neo4j.conf"
        try:
            conf.write_text(text, encoding="utf-8")
        except OSError as error:
            raise unusable(conf, error) from error

    def _set_password(self, jars: Path, say: Report) -> None:
        """Make the secret and give it to the server, which takes it over at its very first start.

        The secret is noted first and may be given again: a start that was broken off in between is no harm.
        """
        if (self.folder / "data" / "databases" / "system").exists():
            return
        secret = read_private(self._secret_file)
        if secret is None:
            # Hexadecimal: a first character `-` would be read as an option.
            secret = {"username": _USER, "password": secrets.token_hex(24)}
            write_private(self._secret_file, secret)
        say("setting the password")
        argument = self.folder / "password.txt"
        try:
            # From a file, because every user of the machine can read a command line.
            with os.fdopen(os.open(argument, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600), "w") as file:
                file.write(secret["password"])
            done = run_tool(self.folder, jars, ["dbms", "set-initial-password", f"@{argument}"], _ADMIN_SECONDS)
        except OSError as error:
            raise unusable(argument, error) from error
        finally:
            argument.unlink(missing_ok=True)
        if done.returncode != 0:
            what = f"the password can't be set: {last_words(done.stderr or done.stdout)}"
            raise EngineError(what, str(self.folder), "where the folder holds nothing of worth, delete it")

    def _spawn(self, jars: Path) -> subprocess.Popen[bytes]:
        words = [
            *command(self.folder, jars, SERVER, self._java),
            self._home_argument,
            f"--config-dir={self.folder / 'conf'}",
        ]
        private_folder(self._log.parent)
        try:
            with self._log.open("wb") as log:
                process = subprocess.Popen(
                    words, env=environment(self.folder), cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log,
                    stderr=subprocess.STDOUT, start_new_session=True, creationflags=_DETACHED,
                )  # fmt: skip
        except OSError as error:
            raise EngineError(f"Java can't be started: {error.strerror or error}", words[0]) from error
        threading.Thread(target=process.wait, daemon=True).start()  # no zombie, however long we live
        return process

    def _wait(self, pid: int, endpoint: Endpoint) -> Endpoint:
        """Wait until the server lets us in."""
        port, auth = int(endpoint.uri.rpartition(":")[2]), (endpoint.username, endpoint.password)
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            answer = ask(_HOST, port, auth, _DATABASE, seconds=_ANSWER_SECONDS)
            if not self._lives(pid):
                raise EngineError(f"the server ended while starting: {self._last_words()}", str(self._log))
            if answer is Answer.YES:
                return endpoint
            if answer is Answer.REFUSED:
                hint = f"if it was changed, write the new one into {self._secret_file}"
                raise EngineError("the server refuses the password", endpoint.uri, hint)
            time.sleep(0.2)
        what = f"the server did not answer within {START_SECONDS:g} s: {self._last_words()}"
        raise EngineError(what, str(self._log), "chinaai neo4j stop, then start again")

    def _end(self, running: _Running, say: Report) -> None:
        pid = running.pid
        try:
            os.kill(pid, signal.SIGTERM)
            if not wait_gone(pid, running.identity, STOP_SECONDS):
                say(f"process {pid} did not end within {STOP_SECONDS:g} s and is killed")
                os.kill(pid, signal.SIGTERM if sys.platform == "win32" else signal.SIGKILL)
                if not wait_gone(pid, running.identity, _KILL_SECONDS):
                    what = f"process {pid} does not end, even killed"
                    raise EngineError(what, str(self.folder), "look at it with ps")
        except PermissionError as error:
            raise EngineError(f"process {pid} belongs to another user", str(self.folder)) from error
        except ProcessLookupError:
            pass
        self._note(running.port)

    def _lives(self, pid: int) -> bool:
        running = self._running()
        return running is not None and running.pid == pid

    def _running(self) -> _Running | None:
        """What the note says, if it means a process that lives."""
        found = noted(self._note_file) or {}
        port, pid, known = (found.get(name) for name in ("port", "pid", "identity"))
        if not isinstance(port, int) or pid is None or known is None:
            return None
        return _Running(port, pid, known) if identity(pid) == known else None

    def _note(self, port: int, pid: int | None = None, known: str | None = None) -> None:
        """Who runs the server. The port outlives the process, so that settings once printed stay right."""
        place = place_of(self.folder)
        write_private(self._note_file, {"port": port, "pid": pid, "identity": known, "place": place})

    @contextmanager
    def _lock(self, say: Report) -> Iterator[None]:
        """One start, stop or administration command at a time; whoever dies lets go."""
        path = self.folder / "start.lock"
        lock = locked(path, 0.1)
        if lock is None:
            say("another process starts or stops this server; waiting for it")
            lock = locked(path, _LOCK_SECONDS)
        if lock is None:
            what = f"another process has been at work on this server for {_LOCK_SECONDS:g} s"
            raise EngineError(what, str(self.folder), "wait for it or end it")
        try:
            yield
        finally:
            lock.release()

    def _endpoint(self, port: int) -> Endpoint:
        secret = read_private(self._secret_file)
        if secret is None:
            hint = "bring it back; or delete the folder with its data and start again"
            raise EngineError("the server's secret is gone", str(self._secret_file), hint)
        return Endpoint(
            uri=_uri(port), username=secret["username"], password=secret["password"], database=_DATABASE,
            engine="neo4j", reader=None, where=_uri(port),
        )  # fmt: skip

    @property
    def _home_argument(self) -> str:
        return f"--home-dir={self.folder}"

    @property
    def _log(self) -> Path:
        return self.folder / "logs" / "console.log"

    def _last_words(self) -> str:
        try:
            return last_words(self._log.read_text(encoding="utf-8", errors="replace"))
        except OSError:
            return "it left no log"


def _uri(port: int) -> str:
    return f"bolt://{_HOST}:{port}"


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind((_HOST, 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        if sys.platform != "win32":  # there the option means that two may listen at one port
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind((_HOST, port))
        except OSError:
            return False
    return True
