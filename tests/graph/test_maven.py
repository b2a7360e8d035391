"""Fetching artifacts, from a repository of two on loopback that can be told to misbehave."""

from __future__ import annotations

import hashlib
import io
import threading
import time
import zipfile
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest

pytest.importorskip("jgo", reason="the extra neo4j is not installed")

from chinaai.graph.engine import artifacts, maven
from faults.running import IN_TIME

MAIN = """<project><modelVersion>4.0.0</modelVersion>
<groupId>org.test</groupId><artifactId>main</artifactId><version>1</version>
<dependencies>
<dependency><groupId>org.test</groupId><artifactId>part</artifactId><version>2</version></dependency>
<dependency><groupId>org.test</groupId><artifactId>aside</artifactId><version>3</version><scope>test</scope></dependency>
</dependencies></project>"""
PART = """<project><modelVersion>4.0.0</modelVersion>
<groupId>org.test</groupId><artifactId>part</artifactId><version>2</version></project>"""
JARS = {"main-1.jar": b"m" * 300_000, "part-2.jar": b"p" * 200_000}


@dataclass
class Repository:
    """What it serves, what it was asked for, and how often it does what to a file."""

    url: str = ""
    files: dict[str, bytes] = field(default_factory=dict)
    asked: Counter[str] = field(default_factory=Counter)
    short: Counter[str] = field(default_factory=Counter)
    busy: Counter[str] = field(default_factory=Counter)
    wrong: set[str] = field(default_factory=set)


@pytest.fixture
def repository(monkeypatch: pytest.MonkeyPatch) -> Iterator[Repository]:
    monkeypatch.setattr(maven, "PAUSE", 0.01)
    found = Repository()
    for name, pom in (("main/1/main-1.pom", MAIN), ("part/2/part-2.pom", PART)):
        found.files[f"/org/test/{name}"] = pom.encode()
    found.files["/org/test/main/1/main-1.jar"] = JARS["main-1.jar"]
    found.files["/org/test/part/2/part-2.jar"] = JARS["part-2.jar"]

    class Handler(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            name = self.path.rpartition("/")[2]
            found.asked[name] += 1
            body = found.files.get(self.path.removesuffix(".sha1"))
            if body is None or found.busy[name] > 0:
                found.busy[name] -= 1
                self.send_error(404 if body is None else 503)
                return
            if name.endswith(".sha1"):
                body = (
                    hashlib.sha1(b"other" if name.removesuffix(".sha1") in found.wrong else body).hexdigest().encode()
                )
            self.send_response(200)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            if found.short[name] > 0:
                found.short[name] -= 1
                body = body[: len(body) // 2]
                self.close_connection = True
            self.wfile.write(body)

        def log_message(self, *_: object) -> None:
            return

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    found.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True)
    thread.start()
    yield found
    server.shutdown()
    server.server_close()


def fetch(repository: Repository, folder: Path) -> dict[str, int]:
    told: list[str] = []
    return maven.fetch("org.test:main:1", folder / "poms", folder / "jars", told.append, repository.url)


def jars(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in (folder / "jars").glob("*.jar")}


def test_all_that_is_needed_at_run_time_arrives(repository: Repository, tmp_path: Path) -> None:
    assert fetch(repository, tmp_path) == {"main-1.jar": 300_000, "part-2.jar": 200_000}
    assert jars(tmp_path) == JARS


def test_a_second_time_nothing_is_asked_for(repository: Repository, tmp_path: Path) -> None:
    fetch(repository, tmp_path)
    repository.asked.clear()
    fetch(repository, tmp_path)
    assert repository.asked == Counter()


def _signed(more: str = "") -> bytes:
    """A jar as its publisher signs it: digests in further sections of the manifest, and two files beside it."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as jar:
        jar.writestr("META-INF/MANIFEST.MF", f"Manifest-Version: 1.0\r\nMulti-Release: true\r\n{more}\r\n")
        for name in ("META-INF/KEY.SF", "META-INF/KEY.RSA", "META-INF/services/one.Part", "one/Part.class"):
            jar.writestr(name, name * 9)
    return packed.getvalue()


def test_a_signed_jar_loses_its_signature_and_nothing_else(repository: Repository, tmp_path: Path) -> None:
    repository.files["/org/test/part/2/part-2.jar"] = _signed("\r\nName: one/Part.class\r\nSHA-256-Digest: x\r\n")
    sizes = fetch(repository, tmp_path)
    with zipfile.ZipFile(tmp_path / "jars" / "part-2.jar") as jar:
        assert {name: jar.read(name).decode() for name in jar.namelist()} == {
            "META-INF/MANIFEST.MF": "Manifest-Version: 1.0\r\nMulti-Release: true\r\n\r\n",
            "META-INF/services/one.Part": "META-INF/services/one.Part" * 9,
            "one/Part.class": "one/Part.class" * 9,
        }
        assert jar.getinfo("one/Part.class").compress_type == zipfile.ZIP_DEFLATED
    assert sizes["part-2.jar"] == (tmp_path / "jars" / "part-2.jar").stat().st_size
    assert [file.name for file in (tmp_path / "jars").iterdir() if file.name not in JARS] == []


def test_a_jar_that_was_damaged_is_named_and_fetched_again(repository: Repository, tmp_path: Path) -> None:
    whole = repository.files["/org/test/part/2/part-2.jar"] = _signed()
    fetch(repository, tmp_path)
    jar = tmp_path / "jars" / "part-2.jar"
    jar.write_bytes(whole.replace(b"one/Part.class", b"one/Part.klass", 1))  # the list at its end says otherwise
    with pytest.raises(maven.FetchError, match=r"^part-2\.jar is damaged and was taken away: "):
        fetch(repository, tmp_path)
    assert fetch(repository, tmp_path)["part-2.jar"] == jar.stat().st_size > 0
    with zipfile.ZipFile(jar) as again:
        assert "META-INF/KEY.SF" not in again.namelist()


def test_signed_jars_of_an_earlier_version_are_not_fetched_again(
    repository: Repository, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHINAAI_CACHE", str(tmp_path))
    folder = tmp_path / f"neo4j-{artifacts.NEO4J_VERSION}"
    maven.fetch("org.test:main:1", folder / "repository", folder / "jars", str, repository.url)
    (folder / "jars" / "part-2.jar").write_bytes(_signed())
    for name in ("complete.json", "start-25.aot", "start-24.failed", "start.lock"):
        (folder / name).write_text("{}", encoding="utf-8")
    repository.asked.clear()
    whole = maven.fetch
    monkeypatch.setattr(artifacts, "COORDINATE", "org.test:main:1")
    monkeypatch.setattr(maven, "fetch", lambda *words: whole(*words, repository.url))
    assert artifacts.server_jars() == folder / "jars"
    assert repository.asked == Counter()
    with zipfile.ZipFile(folder / "jars" / "part-2.jar") as jar:
        assert "META-INF/KEY.SF" not in jar.namelist()
    # What Java had learnt was of the signed ones.
    assert {file.name for file in folder.iterdir()} == {"jars", "repository", "lock", "start.lock", "unsigned.json"}
    assert artifacts.is_complete(folder)


def test_a_transfer_that_breaks_off_is_done_again(repository: Repository, tmp_path: Path) -> None:
    repository.short["part-2.jar"], repository.busy["main-1.jar"] = 2, 1
    fetch(repository, tmp_path)
    assert jars(tmp_path) == JARS
    assert (repository.asked["part-2.jar"], repository.asked["main-1.jar"]) == (3, 2)


def test_a_broken_download_goes_on_where_it_was(repository: Repository, tmp_path: Path) -> None:
    repository.short["part-2.jar"] = 99
    with pytest.raises(maven.FetchError, match=r"127\.0\.0\.1"):
        fetch(repository, tmp_path)
    assert "part-2.jar" not in jars(tmp_path), "half a file never stands in the place of a whole one"
    repository.short.clear()
    fetch(repository, tmp_path)
    assert jars(tmp_path) == JARS


def test_a_wrong_checksum_is_an_error(repository: Repository, tmp_path: Path) -> None:
    repository.wrong.add("part-2.jar")
    with pytest.raises(maven.FetchError, match=r"part-2\.jar arrives broken"):
        fetch(repository, tmp_path)
    assert "part-2.jar" not in jars(tmp_path)


def test_an_artifact_that_is_missing_is_named(repository: Repository, tmp_path: Path) -> None:
    del repository.files["/org/test/part/2/part-2.jar"]
    with pytest.raises(maven.FetchError, match=r"org\.test:part.* is not published there"):
        fetch(repository, tmp_path)


def test_no_connection_is_told_at_once(repository: Repository, tmp_path: Path) -> None:
    repository.url = "http://127.0.0.1:9"
    began = time.monotonic()
    with pytest.raises(maven.FetchError, match=r"^no connection to 127\.0\.0\.1$"):
        fetch(repository, tmp_path)
    assert time.monotonic() - began < IN_TIME


def test_a_cache_with_a_shortened_or_missing_file_is_not_complete(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CHINAAI_CACHE", str(tmp_path))
    folder = tmp_path / f"neo4j-{artifacts.NEO4J_VERSION}"
    (folder / "jars").mkdir(parents=True)
    (folder / "jars" / "a.jar").write_bytes(b"12345")
    (folder / "unsigned.json").write_text('{"a.jar": 5}', encoding="utf-8")
    assert artifacts.server_jars() == folder / "jars"
    assert artifacts.is_complete(folder) is True
    (folder / "jars" / "a.jar").write_bytes(b"123")
    assert artifacts.is_complete(folder) is False
    (folder / "jars" / "a.jar").unlink()
    assert artifacts.is_complete(folder) is False
