"""A real Neo4j Community server on this machine: a folder of its own, loopback, started and stopped by us."""

from __future__ import annotations

import os
import secrets
import signal
import socket
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

import neo4j
import psutil
from filelock import FileLock, Timeout
from neo4j.exceptions import DriverError, Neo4jError

from ..errors import EngineError
from .artifacts import NEO4J_VERSION, Report, java, server_jars
from .endpoint import Endpoint
from .files import private_folder, read_private, write_private

#: Seconds to wait for the server to answer, and for it to end after the request.
START_SECONDS, STOP_SECONDS = 120.0, 60.0
_OPENS = ("java.nio", "java.io", "sun.nio.ch")


@dataclass(frozen=True)
class ServerStatus:
    """State of the local server."""

    running: bool
    pid: int | None
    uri: str | None
    home: str
    version: str


class LocalNeo4j:
    """The server of one home folder, in `home/neo4j`."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "neo4j"
        self._note = self.folder / "server.json"
        self._secret = self.folder / "secret.json"

    def start(self, port: int | None = None, on_progress: Report | None = None) -> Endpoint:
        """Start the server, or find it running; ready when the driver answers.

        Args:
            port: Bolt port on loopback; a free one by default.
        Raises:
            EngineError: artifacts can't be fetched, the port is taken, or the server does not come up.
        """
        private_folder(self.folder)
        try:
            with FileLock(str(self.folder / "start.lock"), timeout=START_SECONDS):
                running = self._running()
                if running is not None:
                    return self._endpoint(running["port"])
                return self._start(port, on_progress)
        except Timeout as error:
            raise EngineError("another process is starting the server and does not end", str(self.folder)) from error

    def stop(self) -> bool:
        """Stop the server by its own process id; False where none ran.

        Raises:
            EngineError: it does not end even when killed.
        """
        running = self._running()
        if running is None:
            return False
        pid = running["pid"]
        os.kill(pid, signal.SIGTERM)
        if not _ended(pid, running["started"], STOP_SECONDS):
            os.kill(pid, signal.SIGKILL if sys.platform != "win32" else signal.SIGTERM)
            if not _ended(pid, running["started"], 10):
                raise EngineError(f"process {pid} does not end", str(self.folder))
        self._note.unlink(missing_ok=True)
        return True

    def status(self) -> ServerStatus:
        """Whether the server runs, and where."""
        running = self._running()
        uri = f"bolt://127.0.0.1:{running['port']}" if running else None
        return ServerStatus(
            running is not None, running["pid"] if running else None, uri, str(self.folder), NEO4J_VERSION
        )

    def endpoint(self) -> Endpoint | None:
        """How to connect to the running server; None where it does not run."""
        running = self._running()
        return self._endpoint(running["port"]) if running else None

    def admin(self, *arguments: str) -> subprocess.CompletedProcess[str]:
        """Run the server's own administration tool, for example `database import full`; the server must be stopped.

        Raises:
            EngineError: the server runs.
        """
        if self._running() is not None:
            raise EngineError("the server runs", str(self.folder), "stop it first: chinaai neo4j stop")
        private_folder(self.folder)
        self._configure(0)
        return self._admin(server_jars(), *arguments)

    def _running(self) -> dict[str, int] | None:
        """The note of the running server, or None. A recycled process id is told by its start time."""
        note = read_private(self._note)
        if note and _started(note["pid"]) == note["started"]:
            return note
        return None

    def _start(self, port: int | None, report: Report | None) -> Endpoint:
        jars = server_jars(report)
        chosen = port or _free_port()
        if not _is_free(chosen):
            raise EngineError(f"port {chosen} is taken", str(self.folder), "give another with --port")
        self._configure(chosen)
        if read_private(self._secret) is None:
            secret = secrets.token_urlsafe(24)
            done = self._admin(jars, "dbms", "set-initial-password", secret)
            if done.returncode != 0:
                raise EngineError(f"the password can't be set: {_tail(done.stderr or done.stdout)}", str(self.folder))
            write_private(self._secret, {"username": "neo4j", "password": secret})
        process = self._spawn(jars)
        endpoint = self._endpoint(chosen)
        self._wait(process, endpoint)
        write_private(self._note, {"pid": process.pid, "started": _started(process.pid), "port": chosen})
        return endpoint

    def _configure(self, port: int) -> None:
        conf = private_folder(self.folder / "conf")
        settings = {
            "server.default_listen_address": "127.0.0.1",
            "server.bolt.listen_address": f"127.0.0.1:{port}",
            "server.http.enabled": "false",
            "server.https.enabled": "false",
            "dbms.usage_report.enabled": "false",
            "server.memory.heap.initial_size": "512m",
            "server.memory.heap.max_size": "1g",
            "server.memory.pagecache.size": "256m",
        }
        text = "".join(f"{key}={value}\n" for key, value in settings.items())
        (conf / "neo4j.conf").write_text(text, encoding="utf-8")

    def _admin(self, jars: list[Path], *arguments: str) -> subprocess.CompletedProcess[str]:
        command = [str(java()), "-cp", _class_path(jars), "org.neo4j.server.startup.Neo4jAdminCommand", *arguments]
        return subprocess.run(command, env=self._environment(), capture_output=True, text=True, check=False)

    def _environment(self) -> dict[str, str]:
        # The parent's NEO4J_URI and the like would be read as settings of the server.
        kept = {key: value for key, value in os.environ.items() if not key.startswith("NEO4J_")}
        return {**kept, "NEO4J_HOME": str(self.folder), "NEO4J_CONF": str(self.folder / "conf")}

    def _spawn(self, jars: list[Path]) -> subprocess.Popen[bytes]:
        private_folder(self.folder / "logs")
        opens = [f"--add-opens=java.base/{name}=ALL-UNNAMED" for name in _OPENS]
        command = [
            str(java()), "-Xmx1g", "--enable-native-access=ALL-UNNAMED", *opens, "-cp", _class_path(jars),
            "org.neo4j.server.Neo4jCommunity", f"--home-dir={self.folder}", f"--config-dir={self.folder / 'conf'}",
        ]  # fmt: skip
        # Windows: DETACHED_PROCESS and CREATE_NEW_PROCESS_GROUP; elsewhere a session of its own.
        flags, session = (0x00000208, False) if sys.platform == "win32" else (0, True)
        with (self.folder / "logs" / "console.log").open("ab") as log:
            return subprocess.Popen(
                command, env=self._environment(), cwd=self.folder, stdin=subprocess.DEVNULL, stdout=log, stderr=log,
                creationflags=flags, start_new_session=session,
            )  # fmt: skip

    def _wait(self, process: subprocess.Popen[bytes], endpoint: Endpoint) -> None:
        deadline = time.monotonic() + START_SECONDS
        while time.monotonic() < deadline:
            if process.poll() is not None:
                log = (self.folder / "logs" / "console.log").read_text(encoding="utf-8", errors="replace")
                raise EngineError(f"the server ended while starting: {_tail(log)}", str(self.folder / "logs"))
            if _answers(endpoint):
                return
            time.sleep(0.2)
        process.terminate()
        raise EngineError(f"the server did not answer within {START_SECONDS:g} s", str(self.folder / "logs"))

    def _endpoint(self, port: int) -> Endpoint:
        secret = read_private(self._secret)
        if secret is None:
            raise EngineError("the server's secret is gone", str(self._secret), "delete the folder and start again")
        return Endpoint(
            uri=f"bolt://127.0.0.1:{port}", username=secret["username"], password=secret["password"],
            database="neo4j", engine="neo4j", reader=None, where=f"bolt://127.0.0.1:{port}",
        )  # fmt: skip


def _class_path(jars: list[Path]) -> str:
    return os.pathsep.join(str(jar) for jar in jars)


def _answers(endpoint: Endpoint) -> bool:
    try:
        auth = (endpoint.username, endpoint.password)
        with neo4j.GraphDatabase.driver(endpoint.uri, auth=auth, connection_timeout=2) as driver:
            driver.verify_connectivity()
    except (DriverError, Neo4jError, OSError):
        return False
    return True


def _free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def _is_free(port: int) -> bool:
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def _started(pid: int) -> float | None:
    """Start time of a live process, by psutil; None where there is none or it is a zombie."""
    try:
        process = psutil.Process(pid)
        return None if process.status() == psutil.STATUS_ZOMBIE else round(process.create_time(), 2)
    except psutil.NoSuchProcess:
        return None


def _ended(pid: int, started: float, seconds: float) -> bool:
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        if _started(pid) != started:
            return True
        time.sleep(0.1)
    return False


def _tail(text: str, lines: int = 5) -> str:
    return " | ".join(line.strip() for line in text.strip().splitlines()[-lines:])
