"""Answers from the register, against the printed rows read in the plainest way and rows checked by hand."""

from __future__ import annotations

import csv
import re
import statistics
from datetime import date
from pathlib import Path

from chinaai.face import KnowledgeGraph

ROWS = Path(__file__).parents[2] / "seeds" / "registers" / "cac-genai-filings.tsv"
DAY = "2026-11-24"


def printed_days(period: str, kind: str) -> list[int]:
    """Days between the 8 digits in a number and the printed date, for the clean rows of one notice."""
    found = []
    with ROWS.open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            number = re.search(r"-(20\d{6})(S?)\d*$", row["number"] or "")
            printed = re.match(r"(\d{4})/(\d{1,2})/(\d{1,2})", row["date"] or "")
            if row["period"] == period and row["kind"] == kind and number and printed:
                year, month, day = number[1][:4], number[1][4:6], number[1][6:]
                accepted = date(int(year), int(month), int(day))
                found.append((date(*map(int, printed.groups())) - accepted).days)
    return found


def test_apple_beside_the_median_of_its_notice(kg: KnowledgeGraph) -> None:
    (row,) = kg.run("filing-beside-notice", company="苹果", as_of=DAY)
    assert (row.number, row.accepted, row.listed, row.days) == (
        "Shanghai-AppleZhiNeng-202506160057", date(2025, 6, 16), date(2026, 7, 8), 387,
    )  # fmt: skip
    # 124 filings are printed; the plain reading takes those whose number ends in date and serial.
    assert row.notice_median == statistics.median(printed_days("2026-08", "备案")) == 54
    assert row.derived


def test_filings_of_tesla(kg: KnowledgeGraph) -> None:
    rows = kg.run("filings", company="Tesla", as_of=DAY)
    assert {(r.number, r.accepted, r.kind) for r in rows} == {
        ("Shanghai-TeslaxBotKeHuFuWu-202507230067", date(2025, 7, 23), "filing"),
        ("Shanghai-TeslaCheJiYuYinDaMoXingFuWu-202603020128", date(2026, 3, 2), "filing"),
    }
    assert all(r.sources for r in rows)
    assert {r.number for r in kg.run("filings", company="Tesla", as_of="2025-12-31")} == {
        "Shanghai-TeslaxBotKeHuFuWu-202507230067"
    }


def test_foreign_filers_by_name(kg: KnowledgeGraph) -> None:
    companies = {r.company_id for r in kg.run("foreign-filings", as_of=DAY)}
    assert companies >= {"apple", "samsung", "tesla", "bmw", "mercedes", "siemens", "sap", "zeiss", "ikea", "amway"}
    assert not companies & {"alibaba", "baidu", "huawei", "lenovo"}
    assert "apple" not in {r.company_id for r in kg.run("foreign-filings", as_of="2026-07-07")}


def test_every_row_is_in_one_group_and_rows_without_a_wait_are_counted_apart(kg: KnowledgeGraph) -> None:
    kinds = {r.group: r for r in kg.run("time-to-listing", by="kind", as_of=DAY)}
    # 1,846 printed rows less four printed headers; one registration was tagged as a filing. 575 registrations bear
    # the day of listing and 19 a later one; one filing (湖北省, 2025-03) prints the same date twice.
    assert (kinds["filing"].n, kinds["filing"].unknown) == (1111, 1)
    assert (kinds["registration"].n, kinds["registration"].unknown) == (136, 594)
    assert "no wait known for 594 of 730" in kinds["registration"].note
    assert kinds["filing"].shortest > 0 and kinds["registration"].shortest > 0
    by_notice = kg.run("time-to-listing", by="notice", as_of=DAY)
    assert len(by_notice) == 13
    assert {r.kind for r in by_notice} == {"filing"}
    assert sum(r.n + r.unknown for r in by_notice) == 1112


def test_provinces_are_compared_on_filings_alone_with_their_n(kg: KnowledgeGraph) -> None:
    rows = {r.group: r for r in kg.run("time-to-listing", by="province", as_of=DAY)}
    assert {r.kind for r in rows.values()} == {"filing"}
    assert (rows["上海市"].n, rows["上海市"].median) == (188, 28)
    assert "fewer than 5" in rows["海南省"].note and rows["海南省"].n == 2
    assert rows["北京市"].note is None
    assert not any(r.median is not None and r.n < 5 and "fewer than 5" not in (r.note or "") for r in rows.values())
    apart = {r.group: r for r in kg.run("time-to-listing", by="province", kind="registration", as_of=DAY)}
    assert (apart["江苏省"].n, apart["江苏省"].median) == (0, None)
    assert "no wait known" in apart["江苏省"].note
    assert (apart["上海市"].n, apart["上海市"].unknown) == (13, 211)
    assert "no wait known for 211 of 224" in apart["上海市"].note


def test_a_filing_without_a_wait_is_shown_as_such_beside_its_notice(kg: KnowledgeGraph) -> None:
    rows = [r for r in kg.run("filing-beside-notice", company="美团", as_of=DAY) if r.days is None]
    rows += [r for r in kg.run("filing-beside-notice", company="Tencent", as_of=DAY) if r.days is None]
    assert rows
    assert all(r.accepted is None and not r.derived and "no wait known" in r.note for r in rows)


def test_makers_hold_a_filing_of_a_model_of_their_own(kg: KnowledgeGraph) -> None:
    rows = {r.company_id: r for r in kg.run("filed-model-makers", as_of=DAY)}
    assert {"alibaba", "baidu", "bytedance", "deepseek", "moonshot", "zhipu"} <= set(rows)
    assert "apple" not in rows
    assert all(r.n >= 1 and r.models and r.sources for r in rows.values())


def test_filers_without_owner_stay_without(kg: KnowledgeGraph) -> None:
    rows = kg.run("unowned-entities", limit=5)
    assert [r.n for r in rows] == sorted((r.n for r in rows), reverse=True)
    assert rows[0].entity == "煤炭科学研究总院有限公司"


def test_reports_of_june_beside_the_register_of_july(kg: KnowledgeGraph) -> None:
    rows = {r.fact_id: r for r in kg.run("approvals", company="苹果", as_of=DAY)}
    report = rows["apple-intelligence-status-in-market-2026-06"]
    listed = rows["filing-shanghai-applezhineng-202506160057"]
    assert (report.kind, report.day, report.status, report.preferred) == ("report", "2026-06-09", "reported", False)
    assert (listed.kind, listed.day, listed.status, listed.preferred) == ("register", "2026-07-08", "confirmed", True)
    assert report.reason == listed.reason
    assert "the register itself, and the later word" in listed.reason
    assert {s.publisher for s in report.sources} == {"AsiaICT", "RecaTools"}
    assert "Cyberspace Administration of China" in {s.publisher for s in listed.sources}
    # Facts without another side bear no word on preference.
    assert {r.preferred for r in rows.values() if r.conflict is None} == {None}
    assert {"cac-permits-apple-intelligence", "apple-applied-to-cac"} <= set(rows)


def test_before_the_listing_the_report_stands_alone(kg: KnowledgeGraph) -> None:
    rows = {r.fact_id: r for r in kg.run("approvals", company="Apple", as_of="2026-06-30")}
    assert "filing-shanghai-applezhineng-202506160057" not in rows
    report = rows["apple-intelligence-status-in-market-2026-06"]
    assert (report.preferred, report.reason, report.conflict) == (None, None, "apple-intelligence-approval")
    assert "apple-intelligence-status-in-market-2026-06" not in {
        r.fact_id for r in kg.run("approvals", company="Apple", as_of="2026-06-08")
    }


def test_a_conflict_of_a_report_with_the_register_shows_both(kg: KnowledgeGraph) -> None:
    sides = {r.fact_id: r for r in kg.conflicts() if r.conflict == "apple-intelligence-approval"}
    assert {(r.fact_id, r.preferred, r.since or r.seen) for r in sides.values()} == {
        ("apple-intelligence-status-in-market-2026-06", False, "2026-06-09"),
        ("filing-shanghai-applezhineng-202506160057", True, "2026-07-08"),
    }
    says = sides["filing-shanghai-applezhineng-202506160057"].says
    assert says == "苹果技术开发（上海）有限公司 备案 Shanghai-AppleZhiNeng-202506160057: Apple智能"
    # What answers about now show leaves the lesser side out.
    shown = {r.fact_id for r in kg.observations("Apple Intelligence", metric="status_in_market")}
    assert "apple-intelligence-status-in-market-2026-06" not in shown
