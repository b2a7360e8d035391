"""A way to a real server on which a cluster's faults are played, at the messages that a test names."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field

from faults.peers import listening

#: A COMMIT as Bolt writes it.
COMMIT = bytes.fromhex("0002 b012 0000")
_NOT_A_LEADER = {
    "neo4j_code": "Neo.ClientError.Cluster.NotALeader",
    "message": "No longer possible to write to server",
    "gql_status": "08N06",
    "description": "error: connection exception - protocol error",
}


@dataclass
class Relay:
    """What is to go wrong, and what the client said.

    Each fault is the bytes of a message of the client, and what becomes of it: `refused`, as by a member that is no
    leader any more; `cut`, the connection ends before it arrives; `unanswered`, it arrives, and the connection ends
    before the answer comes back.
    """

    faults: list[tuple[bytes, str]] = field(default_factory=list)
    said: bytearray = field(default_factory=bytearray)
    port: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)

    def fault(self, data: bytes) -> str:
        """What becomes of these bytes of the client; a fault is played once."""
        with self.lock:
            self.said += data
            for number, (sign, fault) in enumerate(self.faults):
                if sign in data:
                    del self.faults[number]
                    return fault
        return ""


@contextmanager
def relay(target: int) -> Iterator[Relay]:
    """A way to a port of loopback."""
    way = Relay()

    def talk(link: socket.socket) -> None:
        with socket.create_connection(("127.0.0.1", target)) as server:
            lost = threading.Event()
            threading.Thread(target=_back, args=(server, link, lost), daemon=True).start()
            with contextlib.suppress(OSError):
                _forth(way, link, server, lost)
            for end in (link, server):
                with contextlib.suppress(OSError):
                    end.shutdown(socket.SHUT_RDWR)

    with listening(talk) as port:
        way.port = port
        yield way


def _forth(way: Relay, link: socket.socket, server: socket.socket, lost: threading.Event) -> None:
    while data := link.recv(1 << 20):
        fault = way.fault(data)
        if fault == "cut":
            return
        if fault == "refused":
            link.sendall(_failure() + _ignored() * (_messages(data) - 1))
            continue
        if fault == "unanswered":
            lost.set()
        server.sendall(data)


def _back(server: socket.socket, link: socket.socket, lost: threading.Event) -> None:
    with contextlib.suppress(OSError):
        while data := server.recv(1 << 20):
            if lost.is_set():
                link.shutdown(socket.SHUT_RDWR)
                return
            link.sendall(data)


def _messages(data: bytes) -> int:
    """Number of messages in what the client sent at once; each ends with an empty chunk."""
    found = place = 0
    while place + 2 <= len(data):
        (size,) = struct.unpack_from(">H", data, place)
        place += 2 + size
        found += size == 0
    return found


def _failure() -> bytes:
    body = b"\xb1\x7f" + bytes([0xA0 + len(_NOT_A_LEADER)])
    for key, value in _NOT_A_LEADER.items():
        body += b"".join(bytes([0xD0, len(text)]) + text.encode() for text in (key, value))
    return struct.pack(">H", len(body)) + body + b"\0\0"


def _ignored() -> bytes:
    return bytes.fromhex("0002 b07e 0000")
