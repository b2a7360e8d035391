"""Fetch a published artifact with all it depends on, in pure Python; needs the extra `neo4j`.

`jgo` works out what is needed. The files are fetched here: its own download writes into the final place
and takes a file whose checksum is wrong, so one that broke off would be taken for whole ever after; and its
environment builder fetches a second Java only to sort the files.

Jars are kept unsigned: Java checks a signature anew each time that a jar is opened, adds up every entry of the manifest
and keeps no class of a signed jar in its cache, which was a third of a server's start. What is fetched has been held
against its published checksum before.
"""

from __future__ import annotations

import hashlib
import re
import threading
import time
import zipfile
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import urlsplit

import requests
from jgo.maven import Artifact, MavenContext, PythonResolver

from .artifacts import Report

#: Seconds to connect, and between two pieces of an answer.
TIMEOUT = (5.0, 30.0)
WORKERS = 8
#: How often one file is tried, once the other side has answered at all.
ATTEMPTS = 4
#: Seconds before the second attempt; doubled each time.
PAUSE = 1.0
_CHUNK = 1 << 16
_PACE = 3.0
#: Files of a signature (specification of signed jars), and where the manifest's first section ends.
_SIGNATURE = re.compile(r"META-INF/[^/]+\.(SF|RSA|DSA|EC)", re.IGNORECASE)
_MANIFEST = "META-INF/MANIFEST.MF"
_SECTION_END = re.compile(rb"\r?\n\r?\n")


class FetchError(Exception):
    """A file can't be had; the text says which and why."""


class _Transient(Exception):
    """Worth another attempt: nothing was kept of this one."""


class _Resolver(PythonResolver):
    """The pure Python resolver, with files that are complete or absent."""

    def __init__(self, report: Report) -> None:
        super().__init__()
        self.files, self.size = 0, 0
        self.stopped = threading.Event()
        self._session = requests.Session()
        self._session.headers["Accept-Encoding"] = "identity"  # the checksum is over the file, not over a packed body
        self._session.mount("https://", requests.adapters.HTTPAdapter(pool_maxsize=WORKERS))
        self._reached = False
        self._report, self._told = report, time.monotonic()
        self._count = threading.Lock()
        self.line = "{files} descriptions read"

    def download(self, artifact: Artifact) -> Path:
        """What jgo asks for while it works out the dependencies: descriptions."""
        target = artifact.cached_path
        if target is None:
            raise FetchError(f"no place for {artifact}")
        self.save(artifact, target)
        return target

    def save(self, artifact: Artifact, target: Path) -> None:
        """Put a file into its place, checked.

        Raises:
            FetchError: it is not published, does not arrive, or arrives broken each time.
        """
        target.parent.mkdir(parents=True, exist_ok=True)
        for remote in artifact.context.remote_repos.values():
            url = f"{remote.rstrip('/')}/{artifact.component.path_prefix.as_posix()}/{artifact.filename}"
            if self._try(url, target):
                self._tell(target.stat().st_size)
                return
        raise FetchError(f"{artifact} is not published there")

    def close(self) -> None:
        self._session.close()

    def _try(self, url: str, target: Path) -> bool:
        for attempt in range(ATTEMPTS):
            if self.stopped.wait(0.0 if attempt == 0 else PAUSE * 2 ** (attempt - 1)):
                break
            try:
                return self._get(url, target)
            except (requests.RequestException, _Transient) as error:
                # A machine without a network is told so at once; a network that has answered gets more chances.
                if attempt == ATTEMPTS - 1 or not self._reached:
                    raise FetchError(_in_words(url, error)) from error
        raise FetchError("stopped")

    def _get(self, url: str, target: Path) -> bool:
        with self._session.get(url, stream=True, timeout=TIMEOUT) as response:
            self._reached = True
            if response.status_code == 404:
                return False
            if response.status_code != 200:
                raise _Transient(f"it answers {response.status_code}")
            part, digest = target.with_name(f".{target.name}.part"), hashlib.sha1(usedforsecurity=False)
            with part.open("wb") as file:
                for chunk in response.iter_content(_CHUNK):
                    if self.stopped.is_set():
                        raise FetchError("stopped")
                    file.write(chunk)
                    digest.update(chunk)
            published = response.headers.get("x-checksum-sha1") or self._published(url)
        if published != digest.hexdigest():
            part.unlink()
            raise _Transient(f"{target.name} arrives broken")
        part.replace(target)
        return True

    def _published(self, url: str) -> str:
        response = self._session.get(f"{url}.sha1", timeout=TIMEOUT)
        if response.status_code != 200:
            raise _Transient(f"no checksum, it answers {response.status_code}")
        return response.text.split()[0].lower() if response.text.split() else ""

    def _tell(self, size: int) -> None:
        with self._count:
            self.files += 1
            self.size += size
            if time.monotonic() - self._told < _PACE:
                return
            self._told = time.monotonic()
            line = self.line.format(files=self.files, megabytes=self.size / 1e6)
        self._report(line)


def fetch(coordinate: str, repository: Path, jars: Path, report: Report, remote: str | None = None) -> dict[str, int]:
    """Put the artifact and all that it needs at run time into one flat folder.

    Args:
        coordinate: group:artifact:version.
        repository: folder for the descriptions; what is there is not fetched again.
        jars: folder for the jars, likewise. Each file in it is complete, and without a signature at the end.
        remote: root of another Maven repository than the public one.
    Returns:
        File names and their sizes in bytes.
    Raises:
        FetchError: something is not to be had. What arrived stays for the next attempt.
        OSError: a folder can't be written.
    """
    resolver = _Resolver(report)
    try:
        context = MavenContext(resolver, repository, remote_repos={"remote": remote} if remote else None)
        wanted = _artifacts(context, resolver, coordinate)
        missing = {name: artifact for name, artifact in wanted.items() if not (jars / name).exists()}
        resolver.files, resolver.size = len(wanted) - len(missing), 0
        resolver.line = f"{{files}} of {len(wanted)} artifacts, {{megabytes:.0f}} MB fetched"
        _fetch_all(resolver, missing, jars)
    finally:
        resolver.close()
    for jar in (jars / name for name in wanted):
        try:
            _unsign(jar)
        except zipfile.BadZipFile as error:  # damaged since it was fetched
            jar.unlink()
            raise FetchError(f"{jar.name} is damaged and was taken away: {error}") from error
    report(f"{len(wanted)} artifacts complete")
    return {name: (jars / name).stat().st_size for name in sorted(wanted)}


def _unsign(jar: Path) -> None:
    """Take a jar's signature out; one without stays as it is, as does a file that is no jar, and a damaged one."""
    if not zipfile.is_zipfile(jar):
        return
    with zipfile.ZipFile(jar) as signed:
        if not any(map(_SIGNATURE.fullmatch, signed.namelist())):
            return
        part = jar.with_name(f".{jar.name}.part")
        with zipfile.ZipFile(part, "w") as plain:
            for entry in signed.infolist():
                if _SIGNATURE.fullmatch(entry.filename):
                    continue
                data = signed.read(entry)
                if entry.filename == _MANIFEST:  # its further sections are digests, one an entry
                    data = _SECTION_END.split(data, maxsplit=1)[0] + b"\r\n\r\n"
                plain.writestr(entry, data)
    part.replace(jar)


def _artifacts(context: MavenContext, resolver: _Resolver, coordinate: str) -> dict[str, Artifact]:
    try:
        roots, rest = resolver.resolve([context.create_dependency(coordinate)])
    except (RuntimeError, ValueError, AssertionError, LookupError, SyntaxError) as error:
        # SyntaxError is the root of what the XML parser raises.
        raise FetchError(f"what {coordinate} needs can't be worked out: {error}") from error
    needed = [dependency.artifact for dependency in (*roots, *rest) if dependency.scope in (None, "compile", "runtime")]
    named = {artifact.filename: artifact for artifact in needed}
    if len(named) != len(set(needed)):
        raise FetchError(f"two artifacts of {coordinate} have one file name")
    return named


def _fetch_all(resolver: _Resolver, missing: dict[str, Artifact], jars: Path) -> None:
    jars.mkdir(parents=True, exist_ok=True)
    pool = ThreadPoolExecutor(WORKERS, thread_name_prefix="fetch")
    try:
        for done in [pool.submit(resolver.save, artifact, jars / name) for name, artifact in missing.items()]:
            done.result()
    except BaseException:
        resolver.stopped.set()
        raise
    finally:
        pool.shutdown(cancel_futures=True)


def _in_words(url: str, error: Exception) -> str:
    host = urlsplit(url).hostname
    if isinstance(error, _Transient):
        return f"{host}: {error}"
    if isinstance(error, requests.Timeout):
        return f"{host} does not answer in time"
    if isinstance(error, requests.ConnectionError):
        return f"no connection to {host}"
    return f"{host}: {error}"
