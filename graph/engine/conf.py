"""Settings of the local server: what it listens to, what it does not send, and the memory it may take."""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from pathlib import Path

from ..errors import EngineError
from .files import read_private, write_private

_SIZE = re.compile(r"([1-9][0-9]{0,6})([mg])", re.IGNORECASE)
_NOTE = "memory.json"
#: Mebibytes of heap that are taken at once; and those that a server needs to start at all.
_FIRST, _LEAST_HEAP, _LEAST_CACHE = 512, 256, 8


@dataclass(frozen=True)
class Memory:
    """What the server may take, each as a number with m or g: mebibytes or gibibytes.

    Raises:
        EngineError: a size is no such number, or too small for the server to start.
    """

    heap: str = "1g"
    page_cache: str = "256m"

    def __post_init__(self) -> None:
        for what, size, least in (("heap", self.heap, _LEAST_HEAP), ("page cache", self.page_cache, _LEAST_CACHE)):
            if not _SIZE.fullmatch(size):
                raise EngineError(f"'{size}' is no size for the {what}", "", "write it as 512m or 4g")
            if _mebibytes(size) < least:
                raise EngineError(f"a {what} of {size} is too small", "", f"give {least}m or more")

    @property
    def mebibytes(self) -> int:
        """The heap as a number."""
        return _mebibytes(self.heap)

    def java(self) -> list[str]:
        """The heap as Java is told."""
        return [f"-Xms{min(self.mebibytes, _FIRST)}m", f"-Xmx{self.mebibytes}m"]


def _mebibytes(size: str) -> int:
    return int(size[:-1]) * (1024 if size[-1] in "gG" else 1)


def keep_memory(folder: Path, memory: Memory) -> None:
    """Note it for all later starts of the server of a folder."""
    write_private(folder / _NOTE, asdict(memory))


def memory_of(folder: Path) -> Memory:
    """What was last given for the server of a folder."""
    kept = read_private(folder / _NOTE) or {}
    return Memory(**{key: str(kept[key]) for key in asdict(Memory()) if key in kept})


def configuration(host: str, port: int, memory: Memory) -> str:
    """Text of `neo4j.conf`."""
    settings = {
        "server.default_listen_address": host,
        "server.bolt.listen_address": f"{host}:{port}",
        "server.bolt.advertised_address": f"{host}:{port}",
        "server.http.enabled": "false",
        "server.https.enabled": "false",
        # Nothing goes out: no usage report, no broadcast to the local network, no offer to be managed from outside.
        "dbms.usage_report.enabled": "false",
        "dbms.fleet_manager.enabled": "false",
        "server.fleet_discovery.enabled": "false",
        "server.bolt.telemetry.enabled": "false",
        "client.allow_telemetry": "false",
        "server.memory.heap.initial_size": f"{min(memory.mebibytes, _FIRST)}m",
        "server.memory.heap.max_size": memory.heap,
        "server.memory.pagecache.size": memory.page_cache,
        # The defaults sit out ten seconds at each stop for clients that are no longer there.
        "internal.server.bolt.thread_pool_shutdown_wait_time": "1s",
        "internal.dbms.bolt.netty_server_shutdown_quiet_period_duration": "0s",
        "db.tx_log.preallocate": "false",  # else each of the two databases takes 256 MB from the first moment
    }
    return "# Written at every start; changes are lost.\n" + "".join(f"{k}={v}\n" for k, v in settings.items())
