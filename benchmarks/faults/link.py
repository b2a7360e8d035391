"""A way to a port of loopback, in a process of its own, that goes wrong once: after so many bytes of one direction."""

from __future__ import annotations

import contextlib
import os
import random
import signal
import socket
import struct
import threading
import time
from dataclasses import dataclass

#: What can happen to a link. `half` loses everything from there on in both directions and closes nothing.
KINDS = ("cut", "reset", "refused", "truncated", "garbage", "late", "half")
#: Seconds by which `late` holds the data back.
_LATE = 1.0


@dataclass(frozen=True)
class Plan:
    """Once `after` bytes have passed in the direction, counted over all connections, this happens."""

    kind: str
    direction: str  # "answer" or "request"
    after: int
    seed: int = 0


class Link:
    """The process; its `port` is where a client connects.

    Args:
        target: port of the real engine.
        plan: what goes wrong; None for a link that is well.
    """

    def __init__(self, target: int, plan: Plan | None) -> None:
        reading, writing = os.pipe()
        self._told, telling = os.pipe()
        self.pid = os.fork()
        if self.pid == 0:
            os.close(reading)
            os.close(self._told)
            signal.signal(signal.SIGINT, signal.SIG_IGN)
            try:
                _Relay(target, plan, telling).serve(writing)
            finally:
                os._exit(0)
        os.close(writing)
        os.close(telling)
        self.port = int(os.read(reading, 16))
        os.close(reading)

    def end(self) -> tuple[bool, int, int]:
        """End it: whether the fault came, and the bytes of answers and of requests that passed."""
        os.kill(self.pid, signal.SIGTERM)
        said = b""
        while data := os.read(self._told, 4096):
            said += data
        os.close(self._told)
        os.waitpid(self.pid, 0)
        fired, answer, request = said.decode().split()
        return fired == "True", int(answer), int(request)


class _Relay:
    def __init__(self, target: int, plan: Plan | None, telling: int) -> None:
        self._target, self._plan, self._telling = target, plan, telling
        self._passed = {"answer": 0, "request": 0}
        self._fired, self._lock = False, threading.Lock()
        self._links: list[socket.socket] = []
        self._half = False

    def serve(self, writing: int) -> None:
        self._server = socket.create_server(("127.0.0.1", 0), backlog=64)
        signal.signal(signal.SIGTERM, self._end)
        os.write(writing, str(self._server.getsockname()[1]).encode())
        os.close(writing)
        while True:
            try:
                link, _ = self._server.accept()
            except OSError:  # it refuses everybody from now on
                while True:
                    time.sleep(1)
            threading.Thread(target=self._talk, args=(link,), daemon=True).start()

    def _end(self, *_: object) -> None:
        told = f"{self._fired} {self._passed['answer']} {self._passed['request']}"
        os.write(self._telling, told.encode())
        os._exit(0)

    def _talk(self, link: socket.socket) -> None:
        with contextlib.suppress(OSError):
            other = socket.create_connection(("127.0.0.1", self._target))
            self._links += [link, other]
            threading.Thread(target=self._pump, args=(link, other, "request"), daemon=True).start()
            self._pump(other, link, "answer")

    def _pump(self, source: socket.socket, sink: socket.socket, direction: str) -> None:
        with contextlib.suppress(OSError):
            while data := source.recv(65536):
                data = self._through(data, sink, direction)
                if data is None:
                    return
                if data and not self._half:
                    sink.sendall(data)
        for one in () if self._half else (source, sink):
            with contextlib.suppress(OSError):
                one.shutdown(socket.SHUT_RDWR)

    def _through(self, data: bytes, sink: socket.socket, direction: str) -> bytes | None:
        """The data, what becomes of it, or None where the link has ended."""
        plan = self._plan
        with self._lock:
            before = self._passed[direction]
            self._passed[direction] = before + len(data)
            hit = plan is not None and not self._fired and direction == plan.direction
            if plan is None or not hit or before + len(data) <= plan.after:
                return data
            self._fired = True
        part = data[: plan.after - before]
        if plan.kind == "late":
            time.sleep(_LATE)
            return data
        if plan.kind == "half":
            self._half = True
            return b""
        if plan.kind == "truncated":
            sink.sendall(part)
        elif plan.kind == "garbage":
            sink.sendall(part + random.Random(plan.seed).randbytes(200))
        elif plan.kind == "refused":
            self._server.close()
        for one in self._links:
            if plan.kind == "reset":
                one.setsockopt(socket.SOL_SOCKET, socket.SO_LINGER, struct.pack("ii", 1, 0))
                one.close()
            else:
                with contextlib.suppress(OSError):
                    one.shutdown(socket.SHUT_RDWR)
        return None
