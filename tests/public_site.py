"""A public site on loopback, over TLS, for what fetches from such sites."""

from __future__ import annotations

import ssl
import threading
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
import trustme

Send = Callable[[BaseHTTPRequestHandler], None]


@dataclass
class Site:
    """What a public site serves by path, and what it was asked."""

    url: str = ""
    serves: dict[str, Send] = field(default_factory=dict)
    asked: list[str] = field(default_factory=list)
    headers: list[dict[str, str]] = field(default_factory=list)

    def file(self, path: str, body: bytes, kind: str = "text/csv", etag: str = "") -> str:
        """Serve a file, with a tag that answers conditional requests where one is given."""

        def send(to: BaseHTTPRequestHandler) -> None:
            same = bool(etag) and to.headers.get("If-None-Match") == etag
            reply(to, 304 if same else 200, b"" if same else body, {"Content-Type": kind, "ETag": etag})

        self.serves[path] = send
        return self.url + path


def reply(to: BaseHTTPRequestHandler, status: int, body: bytes = b"", headers: dict[str, str] | None = None) -> None:
    to.send_response(status)
    for name, value in {"Content-Length": str(len(body)), **(headers or {})}.items():
        if value:
            to.send_header(name, value)
    to.end_headers()
    to.wfile.write(body)


@pytest.fixture(scope="module")
def authority() -> trustme.CA:
    return trustme.CA()


@pytest.fixture
def site(authority: trustme.CA, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Site]:
    """A site whose certificate this machine trusts for the time of the test."""
    found = Site()

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            found.asked.append(self.path)
            found.headers.append(dict(self.headers))
            found.serves.get(self.path, lambda to: reply(to, 404))(self)

        def log_message(self, *_: Any) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    authority.issue_cert("127.0.0.1").configure_cert(context)
    server.socket = context.wrap_socket(server.socket, server_side=True)
    found.url = f"https://127.0.0.1:{server.server_address[1]}"
    trusted = tmp_path / "authority.pem"
    authority.cert_pem.write_to_path(str(trusted))
    monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(trusted))
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    threading.Thread(target=server.serve_forever, daemon=True).start()
    yield found
    server.shutdown()
    server.server_close()
