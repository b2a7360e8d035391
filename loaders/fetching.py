"""Fetching a public file over HTTPS: asked only where it has changed, checked to be whole, or refused in words.

Robots' rules are those of RFC 9309, conditional requests those of RFC 9110 (section 13).
"""

from __future__ import annotations

import gzip
import hashlib
import time
import zipfile
import zlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import requests
from protego import Protego
from requests.auth import AuthBase

from ..graph.errors import ChinaAIError
from .remote import Remote
from .table import other_format

AGENT = "chinaai"
#: Seconds to connect, between two pieces of an answer, and for the whole of it.
TIMEOUT, WHOLE_SECONDS = (10.0, 30.0), 600.0
MOST_HOPS = 5
#: Most bytes of a robots.txt that are read, and most seconds that are waited because one asks for it.
_ROBOTS_BYTES, _MOST_DELAY = 512_000, 10.0
_CHUNK = 1 << 16
_FOR_GOOD = (301, 308)
_MOVED = (301, 302, 303, 307, 308)
_BY_HAND = "fetch it in a browser and load the file with 'chinaai load'"


class FetchError(ChinaAIError):
    """A file can't be had; nothing was kept of it."""


@dataclass(frozen=True)
class Validators:
    """What a server said of the file that is held, to ask whether it is still that one."""

    etag: str = ""
    modified: str = ""

    def headers(self) -> dict[str, str]:
        """As headers of a conditional request."""
        pairs = {"If-None-Match": self.etag, "If-Modified-Since": self.modified}
        return {name: value for name, value in pairs.items() if value}


@dataclass(frozen=True)
class Arrived:
    """A file that came, whole and of the form wanted."""

    sha256: str
    size: int
    validators: Validators
    moved: str  # its new address, where the server says that it moved for good


class _NoAccount(AuthBase):
    """Keeps a password of the user's own (netrc) from being sent to a public source."""

    def __call__(self, request: requests.PreparedRequest) -> requests.PreparedRequest:
        return request


class Fetcher:
    """One run's connections and robots' rules."""

    def __init__(self, version: str) -> None:
        self._session = requests.Session()
        self._session.auth = _NoAccount()
        self._session.headers["User-Agent"] = f"{AGENT}/{version} (refresh of public registers, run by a person)"
        self._session.headers["Accept-Encoding"] = "identity"  # the hash is over the file, its length is the sent one
        self._rules: dict[str, Protego] = {}
        self._last: dict[str, float] = {}

    def __enter__(self) -> Fetcher:
        return self

    def __exit__(self, *_: object) -> None:
        self._session.close()

    def fetch(self, remote: Remote, held: Validators | None, into: Path) -> Arrived | None:
        """Fetch a file to `into`; None where the server says that it is the one held.

        Raises:
            FetchError: it can't be reached, is refused, too large, cut, or of another form.
        """
        with self._open(remote.address, held.headers() if held else {}) as (answer, moved):
            if answer.status_code == 304 and held is not None:
                return None
            if answer.status_code != 200:
                raise _refused(answer, remote.address)
            sha256, size = self._save(answer, remote, into)
            said = Validators(answer.headers.get("ETag", ""), answer.headers.get("Last-Modified", ""))
            told = "Content-Length" in answer.headers or "chunked" in answer.headers.get("Transfer-Encoding", "")
        _check_form(remote, into, told_whole=told)
        return Arrived(sha256, size, said, moved)

    @contextmanager
    def _open(self, address: str, headers: Mapping[str, str]) -> Iterator[tuple[requests.Response, str]]:
        """The answer where the file is, and the address to which it moved for good."""
        at, moved, for_good = address, "", True
        for _ in range(MOST_HOPS + 1):
            _only_https(at, address)
            self._heed_robots(at)
            answer = self._get(at, headers)
            if answer.status_code not in _MOVED:
                with answer:
                    yield answer, moved
                return
            answer.close()
            target = answer.headers.get("Location", "")
            if not target:
                raise FetchError("the server says that it moved, and not where to", at, "try again later")
            at = urljoin(at, target)
            for_good = for_good and answer.status_code in _FOR_GOOD
            moved = at if for_good else moved
        raise FetchError(f"it is passed on more than {MOST_HOPS} times", address, _BY_HAND)

    def _get(self, address: str, headers: Mapping[str, str]) -> requests.Response:
        try:
            return self._session.get(address, headers=headers, stream=True, timeout=TIMEOUT, allow_redirects=False)
        except requests.exceptions.SSLError as error:
            hint = "nothing was sent; the machine's clock, or something between here and there, may be wrong"
            raise FetchError("the server's certificate is not trusted", address, hint) from error
        except requests.exceptions.Timeout as error:
            raise FetchError("the server does not answer in time", address, "try again later") from error
        except (requests.exceptions.RequestException, ValueError) as error:
            raise FetchError("the server can't be reached", address, "look at the address and the network") from error

    def _save(self, answer: requests.Response, remote: Remote, into: Path) -> tuple[str, int]:
        length = answer.headers.get("Content-Length", "")
        if length.isdecimal() and int(length) > remote.most_bytes:
            raise _too_large(remote, int(length))
        found, size, until = hashlib.sha256(), 0, time.monotonic() + WHOLE_SECONDS
        try:
            with into.open("wb") as file:
                for piece in answer.iter_content(_CHUNK):
                    size += len(piece)
                    if size > remote.most_bytes:
                        raise _too_large(remote, None)
                    if time.monotonic() > until:
                        raise FetchError("it comes too slowly", remote.address, "try again later")
                    found.update(piece)
                    file.write(piece)
        except requests.exceptions.RequestException as error:
            of = f" of {int(length):,}" if length.isdecimal() else ""
            raise FetchError(f"it was cut off after {size:,}{of} bytes", remote.address, "try again") from error
        return found.hexdigest(), size

    def _heed_robots(self, address: str) -> None:
        parts = urlsplit(address)
        host = f"{parts.scheme}://{parts.netloc}"
        rules = self._rules.get(host)
        if rules is None:
            rules = self._rules[host] = self._read_robots(host)
        if not rules.can_fetch(address, AGENT):
            raise FetchError("the site asks programs not to fetch it (robots.txt)", address, _BY_HAND)
        delay = min(float(rules.crawl_delay(AGENT) or 0), _MOST_DELAY)
        wait = self._last.get(host, float("-inf")) + delay - time.monotonic()
        if wait > 0:
            time.sleep(wait)
        self._last[host] = time.monotonic()

    def _read_robots(self, host: str) -> Protego:
        at = f"{host}/robots.txt"
        for _ in range(MOST_HOPS + 1):
            _only_https(at, host)
            with self._get(at, {}) as answer:
                if answer.status_code in _MOVED and answer.headers.get("Location"):
                    at = urljoin(at, answer.headers["Location"])
                    continue
                if answer.status_code >= 500:
                    what = f"the site's robots.txt can't be read ({answer.status_code}), so nothing is fetched from it"
                    raise FetchError(what, at, "try again later")
                if answer.status_code != 200:  # there are no rules
                    return Protego.parse("")
                try:
                    body = b""
                    for piece in answer.iter_content(_CHUNK):
                        body += piece
                        if len(body) > _ROBOTS_BYTES:
                            break
                except requests.exceptions.RequestException as error:
                    raise FetchError("the site's robots.txt was cut off", at, "try again") from error
                return Protego.parse(body.decode("utf-8", errors="replace"))
        return Protego.parse("")


def _only_https(address: str, first: str) -> None:
    parts = urlsplit(address)
    if parts.scheme != "https" or not parts.hostname:
        what = (
            "only https is fetched" if address == first else f"it is passed on to an address without https: {address}"
        )
        raise FetchError(what, first, "give an address that begins with https://, or load a file")
    if parts.username or parts.password:
        raise FetchError("the address holds an account, and none is ever sent", first, "give the address without it")


def _refused(answer: requests.Response, address: str) -> FetchError:
    status = answer.status_code
    if status in (401, 403, 407):
        return FetchError(f"the server does not let programs in ({status})", address, _BY_HAND)
    if status in (404, 410):
        return FetchError(f"there is nothing at this address any more ({status})", address, "--address names another")
    if status == 429:
        return FetchError("the server asks to come less often (429)", address, "try again tomorrow")
    if status >= 500:
        return FetchError(f"the server failed ({status})", address, "try again later")
    return FetchError(f"the server's answer is no file ({status})", address, _BY_HAND)


def _too_large(remote: Remote, size: int | None) -> FetchError:
    has = f"{size / 1e6:,.0f} MB" if size else f"more than {remote.most_bytes / 1e6:.0f} MB"
    return FetchError(
        f"it is too large: {has} where {remote.most_bytes / 1e6:.0f} MB are read", remote.address, _BY_HAND
    )


def _check_form(remote: Remote, path: Path, *, told_whole: bool) -> None:
    """Refuse a file of another form, and one that does not end as a whole one does.

    Args:
        told_whole: the server said how long the answer is, and it was; text is then not judged by its end.
    """
    data = path.read_bytes()
    form, head = other_format(data), data[:3000].lstrip(b"\xef\xbb\xbf \r\n\t").lower()
    page = head.startswith(b"<")
    kind = form or ("a web page" if page else "text" if data else "an empty file")
    wanted = {"page": "a web page", "word": "a Word document (DOCX)", "csv": "text", "tar.gz": "a gzip archive"}
    if kind != wanted[remote.form] or (remote.form == "csv" and b"\0" in data):
        meant = "a table (CSV)" if remote.form == "csv" else wanted[remote.form]
        raise FetchError(f"{kind} came where {meant} is published", remote.address, "look at the address in a browser")
    if remote.form in ("page", "csv"):
        ends = b"</html>" in data[-4000:].lower() if remote.form == "page" else data.endswith((b"\n", b"\r"))
        whole = told_whole or ends
    else:
        whole = zipfile.is_zipfile(path) if remote.form == "word" else _unpacks(path, 20 * remote.most_bytes)
    if not whole:
        raise FetchError(f"it was cut off after {len(data):,} bytes", remote.address, "try again")


def _unpacks(path: Path, most: int) -> bool:
    """Whether a gzip archive is whole; one that unpacks to far more than it should is not."""
    unpacked = 0
    try:
        with gzip.open(path, "rb") as file:
            while (piece := file.read(_CHUNK)) and unpacked <= most:
                unpacked += len(piece)
    except (OSError, EOFError, zlib.error):
        return False
    return unpacked <= most
