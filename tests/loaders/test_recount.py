"""The numbers that answers rest on, counted a second time straight from the files, in the plainest way."""

from __future__ import annotations

import csv
import re
import statistics
from collections import Counter, defaultdict
from datetime import date
from pathlib import Path

from chinaai.face import KnowledgeGraph
from chinaai.graph.store import Store

REGISTERS = Path(__file__).parents[2] / "seeds" / "registers"
DAY = "2026-11-24"
#: Mends of the rows that change a count or a wait: a registration tagged as a filing, and a year mistyped in eleven.
RETAGGED, MISTYPED = "-SiWeiXiangLiangZhiSuanYun-", re.compile(r"^Shanghai-.*-20250120\d{4}$")


def table(name: str) -> list[dict[str, str]]:
    with (REGISTERS / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE))


def filings() -> list[tuple[str, str, date, date | None, str]]:
    """Kind, place, printed day, day in the number and filer of each row but the four headers."""
    found = []
    for row in table("cac-genai-filings.tsv"):
        if row["seq"] == "序号":
            continue
        kind = "登记" if RETAGGED in row["number"] else row["kind"]
        year, month, day = map(int, re.findall(r"\d+", row["date"])[:3])
        digits = re.search(r"-(20\d{6})S?\d*$", row["number"])
        number = None
        if digits:
            text = (
                digits[1].replace("2025", "2026", 1)
                if MISTYPED.match(row["number"]) and row["period"] == "2026-02"
                else digits[1]
            )
            number = date(int(text[:4]), int(text[4:6]), int(text[6:]))
        found.append((kind, row["province"], date(year, month, day), number, row["entity"]))
    return found


def test_filings_by_province_and_year(embedded_shipped: Store) -> None:
    rows = embedded_shipped.read(
        "MATCH (f:ChinaAI:Filing) WHERE f.retired IS NULL "
        "RETURN f.kind_zh AS kind, f.province AS province, f.listed.year AS year, count(f) AS n"
    )
    counted = Counter((kind, province, listed.year) for kind, province, listed, _, _ in filings())
    assert {(row["kind"], row["province"], row["year"]): row["n"] for row in rows} == counted
    assert counted.total() == 1842


def test_waits_by_province_with_their_n(embedded_shipped: Store) -> None:
    waits: dict[str, list[int]] = defaultdict(list)
    unknown: Counter[str] = Counter()
    for kind, province, listed, number, _ in filings():
        if kind != "备案":
            continue
        days = (listed - number).days if number else 0
        if days > 0:
            waits[province].append(days)
        else:
            unknown[province] += 1
    rows = KnowledgeGraph(embedded_shipped).run("time-to-listing", by="province", as_of=DAY)
    assert {row.group: (row.n, row.unknown, row.median) for row in rows} == {
        province: (len(days), unknown[province], statistics.median(days)) for province, days in waits.items()
    }


def test_members_by_edition(embedded_shipped: Store) -> None:
    printed = Counter((row["list"], row["edition"]) for row in table("control-list-members.tsv"))
    rows = embedded_shipped.read(
        "MATCH (e:ChinaAI:ListEdition)-[:EDITION_OF]->(l:ChinaAI:ControlList) WHERE e.retired IS NULL "
        "RETURN l.id AS list, e.day AS day, e.names_printed AS printed, e.members AS members"
    )
    assert {(row["list"], row["day"]): row["printed"] for row in rows} == printed
    named = embedded_shipped.read(
        "MATCH (m:ChinaAI)-[r:NAMED_IN]->(l:ChinaAI:ControlList) WHERE r.retired IS NULL AND size(r.editions) > 0 "
        "RETURN m.id AS member, l.id AS list, r.editions AS editions, r.fact_id AS fact"
    )
    standing = Counter((row["list"], day) for row in named for day in row["editions"])
    assert {(row["list"], row["day"]): row["members"] for row in rows} == standing


def test_models_by_maker_and_year(embedded_shipped: Store) -> None:
    counted: Counter[tuple[str, str]] = Counter()
    every: Counter[tuple[str, str]] = Counter()
    for row in table("open-models.tsv"):
        day = row["published"] if row["epoch"] else row["released"]
        made = [(maker, day[:4]) for maker in row["makers"].split("; ") if maker and " (" not in maker and day]
        every.update(made)
        if not row["is"]:
            counted.update(made)
    rows = embedded_shipped.read(
        "MATCH (c:ChinaAI:Company)-[d:DEVELOPED]->(m:ChinaAI:Model) "
        "WHERE d.retired IS NULL AND m.id STARTS WITH 'open-' AND d.fact_id STARTS WITH 'open-' "
        "MATCH (o:ChinaAI:Observation)-[:OF]->(m) WHERE o.metric IN ['published', 'released'] AND o.retired IS NULL "
        "RETURN c.id AS maker, m.id AS model, collect(o.metric) AS metrics, collect(o.date) AS dates"
    )
    found: Counter[tuple[str, str]] = Counter()
    for row in rows:
        dates = dict(zip(row["metrics"], row["dates"], strict=True))
        if not row["maker"].startswith("open-"):
            found[row["maker"], (dates.get("published") or dates["released"])[:4]] += 1
    makers = {maker for maker, _ in found}
    assert found == Counter({key: n for key, n in counted.items() if key[0] in makers})
    assert every["moonshot", "2026"] >= 3


def test_every_row_of_the_listings_is_an_edge_and_a_company_is_found_by_its_code(embedded_shipped: Store) -> None:
    rows = embedded_shipped.read(
        "MATCH (c:ChinaAI:Company)-[r:LISTED_ON]->(e:ChinaAI:Exchange) WHERE r.retired IS NULL "
        "RETURN c.id AS company, e.id AS exchange"
    )
    standing = {(row["company"], row["exchange"]) for row in rows}
    wanted = {(row["company"], row["exchange"]) for row in table("listings.tsv")}
    assert wanted <= standing
    assert {("alibaba", "hkex"), ("smic", "sse-star"), ("iflytek", "szse")} <= standing
