"""Servers that are not as they should be, on a free port of loopback."""

from __future__ import annotations

import contextlib
import socket
import struct
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager

Talk = Callable[[socket.socket], None]


@contextmanager
def listening(talk: Talk) -> Iterator[int]:
    """A server that does this with every connection; its port."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        done = threading.Event()
        thread = threading.Thread(target=_serve, args=(server, talk, done), daemon=True)
        thread.start()
        try:
            yield server.getsockname()[1]
        finally:
            # It must have ended before its socket's number is another's: else it takes the next server's connection.
            done.set()
            with contextlib.suppress(OSError):
                socket.create_connection(server.getsockname()).close()
            thread.join()


class Cut(threading.Event):
    """Set, it lets nothing come back any more; with `closing` it ends the connections, and `after` meets new ones."""

    closing = False
    after: Talk | None = None


@contextmanager
def half_open(target: int) -> Iterator[tuple[int, Cut]]:
    """A way to a port of loopback, its own port, and what cuts it."""
    cut = Cut()

    def talk(link: socket.socket) -> None:
        if cut.is_set():
            if cut.after:
                cut.after(link)
            return
        with socket.create_connection(("127.0.0.1", target)) as other:
            there = threading.Thread(target=_pump, args=(link, other, None), daemon=True)
            there.start()
            _pump(other, link, cut)

    with listening(talk) as port:
        yield port, cut


def _pump(source: socket.socket, sink: socket.socket, cut: Cut | None) -> None:
    source.settimeout(0.05)
    with contextlib.suppress(OSError):
        while True:
            try:
                data = source.recv(65536)
            except TimeoutError:
                data = None
            if cut is not None and cut.is_set() and cut.closing:
                sink.shutdown(socket.SHUT_RDWR)
                return
            if data == b"":
                return
            if data and not (cut is not None and cut.is_set()):
                sink.sendall(data)


def _serve(server: socket.socket, talk: Talk, done: threading.Event) -> None:
    kept = []
    while not done.is_set():
        with contextlib.suppress(OSError):
            link, _ = server.accept()
            kept.append(link)
            if done.is_set():
                return
            threading.Thread(target=_answer, args=(talk, link), daemon=True).start()


def _answer(talk: Talk, link: socket.socket) -> None:
    with contextlib.suppress(OSError):
        talk(link)


def silent(link: socket.socket) -> None:
    """Takes the connection and never says a word."""


def website(link: socket.socket) -> None:
    """Speaks HTTP."""
    link.recv(1024)
    link.sendall(b"HTTP/1.1 400 Bad Request\r\nContent-Length: 0\r\nConnection: close\r\n\r\n")
    link.close()


def encrypted(link: socket.socket) -> None:
    """Answers what is no TLS with TLS's own alert: unexpected message."""
    link.recv(1024)
    link.sendall(bytes.fromhex("15030300020246"))
    link.close()


def ancient(link: socket.socket) -> None:
    """Speaks no version of Bolt that is proposed."""
    link.recv(20)
    link.sendall(bytes(4))
    link.close()


def mute_after_hello(link: socket.socket) -> None:
    """Agrees on a version and does not answer the log-in."""
    link.recv(20)
    link.sendall(bytes.fromhex("00000405"))


def old_neo4j(link: socket.socket) -> None:
    """Neo4j 4.4, the version before the fifth."""
    _neo4j(link, "00000404", "Neo4j/4.4.44")


def early_neo4j(link: socket.socket) -> None:
    """A Neo4j 5 of before scoped subqueries."""
    _neo4j(link, "00000405", "Neo4j/5.20.0")


def _neo4j(link: socket.socket, bolt: str, agent: str) -> None:
    """As much of a server as `RETURN 1` needs."""
    link.recv(20)
    link.sendall(bytes.fromhex(bolt))
    while message := _message(link):
        kind = message[1]
        if kind == 0x01:  # HELLO
            _success(link, server=agent, connection_id="bolt-1")
        elif kind == 0x10:  # RUN
            _success(link, fields=[])
        elif kind == 0x3F:  # PULL
            _success(link, type="r", db="neo4j")
        else:
            _success(link)


def _message(link: socket.socket) -> bytes:
    found = b""
    while header := link.recv(2):
        (size,) = struct.unpack(">H", header)
        if size == 0 and found:
            return found
        found += link.recv(size)
    return b""


def _success(link: socket.socket, **fields: object) -> None:
    body = b"\xb1\x70" + bytes([0xA0 + len(fields)])
    for key, value in fields.items():
        body += _text(key) + (b"\x90" if isinstance(value, list) else _text(str(value)))
    link.sendall(struct.pack(">H", len(body)) + body + b"\0\0")


def _text(value: str) -> bytes:
    data = value.encode()
    return bytes([0xD0, len(data)]) + data
