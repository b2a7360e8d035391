"""Being let in by the process that runs the embedded engine: both sides prove that they know the folder's secret.

A lease is a connection on loopback that stays open for as long as its holder lives; the system closes it with the
process. A stranger that took the port of a keeper that is gone learns nothing: he gets a number used once and can't
answer for it.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import secrets
import socket
from dataclasses import dataclass

LOOPBACK = "127.0.0.1"
#: What a caller may want: the engine for as long as the connection stands, or its end.
USE, STOP = "use", "stop"
_SECONDS = 10.0
_LINE = 4096


@dataclass
class Lease:
    """An open lease. Closing it is all that the keeper is told."""

    link: socket.socket
    port: int

    def close(self) -> None:
        """Let go of the engine."""
        self.link.close()


class RefusedError(Exception):
    """The keeper does not let us in; the text is its own word for why, or empty where it did not speak."""


def take(control: int, secret: str, want: str = USE, *, seconds: float = _SECONDS) -> Lease:
    """Ask the keeper at this port of loopback.

    Raises:
        RefusedError: what listens there is no keeper of this folder, is about to end, or does not answer in time.
    """
    try:
        link = socket.create_connection((LOOPBACK, control), timeout=seconds)
    except OSError as error:
        raise RefusedError from error
    try:
        mine = secrets.token_hex(16)
        send(link, f"chinaai {want} {mine}")
        proof, theirs = (*receive(link).split(), "", "")[:2]
        if not hmac.compare_digest(proof, sign(secret, f"keeper {mine}")):
            raise RefusedError("secret")
        send(link, sign(secret, f"caller {theirs}"))
        answer, port = (*receive(link).split(), "", "")[:2]
        if answer != "ok" or not port.isdigit():
            raise RefusedError(answer)
        link.settimeout(None)
        return Lease(link, int(port))
    except (OSError, ValueError) as error:
        link.close()
        raise RefusedError from error
    except BaseException:
        link.close()
        raise


def admit(link: socket.socket, secret: str) -> str:
    """The keeper's side: what the caller wants, or "" where he does not know the secret."""
    with contextlib.suppress(OSError, ValueError):
        link.settimeout(_SECONDS)
        words = receive(link).split()
        if len(words) != 3 or words[0] != "chinaai":
            return ""
        theirs = secrets.token_hex(16)
        send(link, f"{sign(secret, f'keeper {words[2]}')} {theirs}")
        if hmac.compare_digest(receive(link), sign(secret, f"caller {theirs}")):
            return words[1]
    return ""


def sign(secret: str, text: str) -> str:
    """Proof of knowing the secret."""
    return hmac.new(secret.encode(), text.encode(), hashlib.sha256).hexdigest()


def send(link: socket.socket, line: str) -> None:
    """One line of text."""
    link.sendall(f"{line}\n".encode())


def receive(link: socket.socket) -> str:
    """One line of text, without its end; ValueError where what comes is none."""
    found = b""
    while not found.endswith(b"\n"):
        part = link.recv(1)
        if not part or len(found) > _LINE:
            raise ValueError("no line")
        found += part
    return found.decode("ascii", errors="replace").strip()
