"""Refreshing from a server on loopback, over TLS, that publishes well and badly."""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from http.server import BaseHTTPRequestHandler
from pathlib import Path
from typing import Any

import docx
import pytest
from chinaai.graph.store import Store, open_store
from chinaai.loaders.base import SEEDS, load, loaders
from chinaai.loaders.fetching import Fetcher
from chinaai.loaders.refresh import Refreshed, refresh
from faults.running import chinaai
from outside_data import DAY, INPUTS, MADE, archive, made_seeds
from public_site import Send, Site, reply

EPOCH = (MADE / INPUTS["epoch"]).read_bytes()
LATER = date(2031, 2, 1)


@dataclass
class World:
    """A graph of the made-up seeds, and the folder in which what was fetched is kept."""

    store: Store
    home: Path

    def refresh(self, source: str, address: str, *, today: date = DAY, apply: bool = False) -> Refreshed:
        with Fetcher("0") as fetcher:
            return refresh(
                self.store, loaders()[source], fetcher, self.home, today=today, apply=apply, addresses=[address],
                seeds=MADE / "seeds",
            )  # fmt: skip

    def held(self) -> dict[str, Any]:
        """All that stands: the graph's counts, and every kept file but the lock."""
        rows = self.store.read("MATCH (n:ChinaAI) RETURN n.id AS id, n.digest AS digest, n.retired AS retired")
        graph = sorted(json.dumps(row, default=str) for row in rows)
        files = {
            str(path.relative_to(self.home)): path.read_bytes()
            for path in (self.home / "fetched").rglob("*")
            if path.is_file() and path.name != "lock"
        }
        return {"graph": graph, "files": files}


def built(store: Store, home: Path) -> World:
    for _, loaded in made_seeds():
        load(store, loaded, today=DAY)
    return World(store, home)


@pytest.fixture(scope="module")
def made_store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """One graph for the tests that look at what fetching does, which is the same on each engine."""
    with open_store(tmp_path_factory.mktemp("refresh")) as store:
        built(store, Path())
        yield store


@pytest.fixture
def world(made_store: Store, tmp_path: Path) -> World:
    return World(made_store, tmp_path / "kept")


def test_new_applied_unchanged_and_changed(store: Store, tmp_path: Path, site: Site) -> None:
    world = built(store, tmp_path / "kept")
    before = world.held()["graph"]
    address = site.file("/epoch.csv", EPOCH, etag='"one"')
    first = world.refresh("epoch", address)
    assert (first.state, first.error) == ("new", None)
    assert first.result is not None and first.result.counts()["added"] > 0
    assert not first.result.written and world.held()["graph"] == before
    assert (world.home / "fetched/epoch/now/epoch.csv").read_bytes() == EPOCH

    again = world.refresh("epoch", address, today=LATER, apply=True)
    assert again.state == "unchanged" and site.headers[-1]["If-None-Match"] == '"one"'
    assert again.result is not None and again.result.written
    assert again.result.counts() == first.result.counts()
    assert again.files[0].kept.fetched == str(DAY)
    third = world.refresh("epoch", address, today=LATER, apply=True)
    assert third.result is not None and third.result.counts()["added"] == 0 and not third.result.written

    site.file("/epoch.csv", EPOCH.replace(b"7000000000.0", b"9000000000.0"), etag='"two"')
    changed = world.refresh("epoch", address, today=LATER, apply=True)
    assert changed.state == "changed" and changed.files[0].kept.fetched == str(LATER)
    assert changed.result is not None and changed.result.counts()["changed"] > 0
    assert [file.read_bytes() for file in (world.home / "fetched/epoch/before").iterdir()] == [EPOCH]


def test_the_same_bytes_without_a_tag_are_unchanged(world: World, site: Site) -> None:
    address = site.file("/epoch.csv", EPOCH)
    assert [world.refresh("epoch", address).state for _ in range(2)] == ["new", "unchanged"]


def cut(to: BaseHTTPRequestHandler) -> None:
    to.send_response(200)
    to.send_header("Content-Length", str(len(EPOCH)))
    to.end_headers()
    to.wfile.write(EPOCH[: len(EPOCH) // 2])


def cut_without_a_length(to: BaseHTTPRequestHandler) -> None:
    to.send_response(200)
    to.end_headers()
    to.wfile.write(EPOCH.rstrip()[:-20])


def cut_inside_a_chunk(to: BaseHTTPRequestHandler) -> None:
    to.protocol_version = "HTTP/1.1"
    to.send_response(200)
    to.send_header("Transfer-Encoding", "chunked")
    to.end_headers()
    to.wfile.write(b"400\r\n" + EPOCH[:300])
    to.close_connection = True


def said_to_be_huge(to: BaseHTTPRequestHandler) -> None:
    reply(to, 200, b"x", {"Content-Length": str(2_000_000_000)})


def huge(to: BaseHTTPRequestHandler) -> None:
    to.send_response(200)
    to.end_headers()
    try:
        for _ in range(2_000):
            to.wfile.write(b"x" * 1_000_000)
    except OSError:
        pass


def status(number: int, **headers: str) -> Send:
    return lambda to: reply(to, number, b"<html>sorry</html>", {k.replace("_", "-"): v for k, v in headers.items()})


BAD: list[tuple[Send, str]] = [
    (cut, "cut off after"),
    (cut_without_a_length, "cut off after"),
    (cut_inside_a_chunk, "cut off after"),
    (said_to_be_huge, "too large: 2,000 MB where 32 MB"),
    (huge, "too large: more than 32 MB"),
    (status(500), "the server failed (500)"),
    (status(503), "the server failed (503)"),
    (status(404), "nothing at this address any more (404)"),
    (status(403), "does not let programs in (403)"),
    (status(429), "come less often"),
    (status(302), "says that it moved, and not where to"),
    (status(301, Location="http://127.0.0.1/epoch.csv"), "without https"),
    (status(302, Location="ftp://127.0.0.1/epoch.csv"), "without https"),
    (status(302, Location="/epoch.csv"), "passed on more than 5 times"),
    (lambda to: reply(to, 200, b"<!doctype html><p>busy</p></html>"), "a web page came where a table (CSV)"),
    (lambda to: reply(to, 200, b"PK\3\4xl/"), "an Excel workbook came"),
    (lambda to: reply(to, 200, b"a,b\n\0\1\n"), "text came where a table (CSV)"),
    (lambda to: reply(to, 200, b""), "an empty file came"),
]


@pytest.mark.slow
@pytest.mark.parametrize(("send", "said"), BAD, ids=[said for _, said in BAD])
@pytest.mark.parametrize("held", [False, True], ids=["first", "after-a-good-one"])
def test_what_comes_badly_changes_nothing(world: World, site: Site, send: Send, said: str, held: bool) -> None:
    address = site.file("/epoch.csv", EPOCH)
    if held:
        assert world.refresh("epoch", address, apply=True).error is None
    before = world.held()
    site.serves["/epoch.csv"] = send
    done = world.refresh("epoch", address, apply=True)
    assert done.state == "failed" and said in str(done.error) and done.result is None
    assert "127.0.0.1" in str(done.error)
    assert world.held() == before
    site.file("/epoch.csv", EPOCH)
    assert world.refresh("epoch", address).state == ("unchanged" if held else "new")


def test_what_the_loader_can_t_read_is_put_aside(world: World, site: Site) -> None:
    address = site.file("/epoch.csv", EPOCH)
    world.refresh("epoch", address, apply=True)
    before = world.held()
    site.file("/epoch.csv", b"Model,Maker\nBeta,Gamma\n")
    done = world.refresh("epoch", address, apply=True)
    assert done.state == "failed" and getattr(done.error, "problems", [])
    after = world.held()
    assert after["files"].pop("fetched/epoch/refused/epoch.csv") == b"Model,Maker\nBeta,Gamma\n"
    assert after == before


def test_a_move_is_followed_and_a_lasting_one_told(world: World, site: Site) -> None:
    site.file("/new.csv", EPOCH)
    for number, told in ((301, True), (308, True), (302, False), (307, False)):
        site.serves["/old.csv"] = status(number, Location="/new.csv")
        done = world.refresh("epoch", f"{site.url}/old.csv")
        assert done.error is None
        assert any("moved for good" in remark and "/new.csv" in remark for remark in done.remarks) == told


class TestRobots:
    def test_what_they_forbid_is_not_asked_for(self, world: World, site: Site) -> None:
        address = site.file("/data/epoch.csv", EPOCH)
        site.file("/robots.txt", b"User-agent: *\nDisallow: /data/*.csv$\n")
        done = world.refresh("epoch", address)
        assert "robots.txt" in str(done.error) and site.asked == ["/robots.txt"]

    def test_a_rule_for_us_goes_before_that_for_all(self, world: World, site: Site) -> None:
        address = site.file("/epoch.csv", EPOCH)
        site.file("/robots.txt", b"User-agent: *\nDisallow: /\n\nUser-agent: chinaai\nAllow: /\n")
        assert world.refresh("epoch", address).state == "new"

    def test_a_target_of_a_move_is_asked_about_too(self, world: World, site: Site) -> None:
        site.file("/hidden/epoch.csv", EPOCH)
        site.serves["/epoch.csv"] = status(302, Location="/hidden/epoch.csv")
        site.file("/robots.txt", b"User-agent: *\nDisallow: /hidden/\n")
        assert "robots.txt" in str(world.refresh("epoch", f"{site.url}/epoch.csv").error)
        assert "/hidden/epoch.csv" not in site.asked

    def test_rules_that_can_t_be_read_forbid_all(self, world: World, site: Site) -> None:
        address = site.file("/epoch.csv", EPOCH)
        site.serves["/robots.txt"] = status(503)
        assert "robots.txt can't be read (503)" in str(world.refresh("epoch", address).error)
        assert site.asked == ["/robots.txt"]


def test_no_address_without_https_nor_with_an_account_is_asked(world: World, site: Site) -> None:
    for address in ("http://127.0.0.1:9/a.csv", "file:///etc/passwd", "https://me:secret@127.0.0.1/a.csv", "a.csv"):
        done = world.refresh("epoch", address)
        assert done.state == "failed" and "secret" not in str(done.error)
    assert site.asked == []


def test_no_account_of_the_user_is_sent(
    world: World, site: Site, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    netrc = tmp_path / "netrc"
    netrc.write_text("machine 127.0.0.1 login me password secret\n")
    netrc.chmod(0o600)
    monkeypatch.setenv("NETRC", str(netrc))
    world.refresh("epoch", site.file("/epoch.csv", EPOCH))
    assert site.headers and not any("authorization" in map(str.lower, headers) for headers in site.headers)


def test_a_certificate_that_nobody_vouches_for(world: World, site: Site, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("REQUESTS_CA_BUNDLE")
    done = world.refresh("epoch", site.file("/epoch.csv", EPOCH))
    assert "certificate is not trusted" in str(done.error) and site.asked == []


def test_a_kept_file_that_was_altered_is_fetched_again(world: World, site: Site) -> None:
    address = site.file("/epoch.csv", EPOCH, etag='"one"')
    world.refresh("epoch", address)
    (world.home / "fetched/epoch/now/epoch.csv").write_bytes(EPOCH[:-9])
    world.refresh("epoch", address)
    assert "If-None-Match" not in site.headers[-1]
    assert (world.home / "fetched/epoch/now/epoch.csv").read_bytes() == EPOCH


def test_an_archive_whole_and_cut(world: World, site: Site, tmp_path: Path) -> None:
    whole = archive(tmp_path).read_bytes()
    address = site.file("/models.tar.gz", whole, "application/gzip")
    assert world.refresh("modelsdev", address).state == "new"
    site.file("/models.tar.gz", whole[:-40], "application/gzip")  # with the length of the part, as a bad mirror does
    assert "cut off" in str(world.refresh("modelsdev", address).error)


HEADER = ["序号", "属地", "模型名称", "备案单位", "备案编号", "备案时间"]


def notice(path: Path, month: str, first: int) -> bytes:
    """A notice of one filing, with the number that comes next in the register."""
    year, number = month.split("-")
    document = docx.Document()
    document.add_paragraph(f"生成式人工智能服务已备案信息（{year}年{int(number)}月）")
    day = f"{year}{number}05"
    rows = [HEADER, [str(first), "北京市", f"样例模型{first}", f"样例科技{first}有限公司",
                     f"Beijing-YangLi{first}-{day}0001", f"{year}/{int(number)}/20"]]  # fmt: skip
    table = document.add_table(rows=0, cols=len(HEADER))
    for row in rows:
        for cell, text in zip(table.add_row().cells, row, strict=True):
            cell.text = text
    document.save(str(path))
    return path.read_bytes()


def next_filing() -> int:
    """The number after the last 备案 of the shipped register; on-device services count from 1 apart."""
    with (SEEDS / "registers" / "cac-genai-filings.tsv").open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))
    return 1 + max(int(row["seq"]) for row in rows if row["kind"] == "备案" and row["seq"].isdecimal())


def test_a_page_of_notices_brings_the_newer_ones(embedded_shipped: Store, site: Site, tmp_path: Path) -> None:
    at = next_filing()
    site.file("/w/one.docx", notice(tmp_path / "1.docx", "2026-10", at))
    site.file("/w/two.docx", notice(tmp_path / "2.docx", "2026-11", at + 1))
    titled = "生成式人工智能服务已备案信息"
    links = [
        ("/w/old.docx", f"{titled}（2026年8月）"), ("one.docx", f"{titled}（2026年10月）"),
        ("two.docx", f"{titled}（2026年11月）"), ("x.pdf", "生成式人工智能服务说明"), ("y.docx", "招聘"),
    ]  # fmt: skip

    def page() -> str:
        text = "".join(f'<p><a href="{target}">附件：{words}</a></p>' for target, words in links)
        return site.file("/w/page.htm", f"<html><body>{text}</body></html>".encode(), "text/html")

    world = World(embedded_shipped, tmp_path / "kept")

    def run() -> Refreshed:
        with Fetcher("0") as fetcher:
            return refresh(
                world.store, loaders()["cac"], fetcher, world.home, today=date(2026, 12, 1), addresses=[page()]
            )

    done = run()
    assert done.error is None, done.error
    assert [(file.state, file.kept.name) for file in done.files] == [
        ("new", "pages/page.htm"), ("new", "2026-10-one.docx"), ("new", "2026-11-two.docx"),
    ]  # fmt: skip
    assert "/w/old.docx" not in site.asked and "/w/y.docx" not in site.asked
    assert any("only Word attachments" in remark for remark in done.remarks)
    assert done.result is not None
    added = {one.key for one in done.result.plan.elements(new=True) if one.kind == "Filing"}
    assert added == {f"filing-beijing-yangli{at}-202610050001", f"filing-beijing-yangli{at + 1}-202611050001"}

    del links[1]  # a page that no longer links to a list ends none of its facts
    again = run()
    assert {file.kept.name: file.state for file in again.files}["2026-10-one.docx"] == "gone"
    assert again.result is not None
    assert {one.key for one in again.result.plan.elements(new=True) if one.kind == "Filing"} == added


def test_the_command(at_shipped: dict[str, str], site: Site, tmp_path: Path) -> None:
    address = site.file("/hstech.csv", b"<html></html>", "text/html")
    bad = chinaai("refresh", "epoch", "--address", address, **at_shipped)
    assert bad.returncode == 1 and "epoch: failed: a web page came where a table (CSV) is published" in bad.stderr
    none = chinaai("refresh", "hstech", **at_shipped)
    assert none.returncode == 1 and "'hstech' can't be fetched" in none.stderr
    listed = json.loads(chinaai("refresh", "--list", "--json").stdout)
    assert {row["name"] for row in listed} >= set(loaders())
    assert all(row["fetched from"].startswith(("https://", "not fetched; ")) for row in listed)


@pytest.fixture
def at_shipped(embedded_shipped: Store) -> dict[str, str]:
    """The variables that lead the command to the shipped graph."""
    return {"CHINAAI_HOME": str(Path(embedded_shipped.endpoint.where).parent)}
