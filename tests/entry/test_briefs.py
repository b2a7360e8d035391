"""A brief in every form is opened by another program, and tells the same window."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from xml.etree import ElementTree

import pytest
from chinaai.graph.entry.profile import case_of
from chinaai.graph.entry.rules import Rules
from chinaai.graph.errors import ChinaAIError
from chinaai.loaders.entry.read import read_entry
from chinaai.queries.entry.answer import Wish, answer_of
from chinaai.queries.entry.brief import write_brief
from chinaai.queries.entry.gantt import gantt_mermaid, gantt_svg
from chinaai.queries.entry.rows import EntryAnswer

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "entry"
TODAY = date(2026, 11, 28)


@pytest.fixture(scope="module", params=["phone-assistant", "cloud", "adas"])
def answer(request: pytest.FixtureRequest) -> EntryAnswer:
    graph = read_entry(SEEDS).graph()
    case = case_of(graph, request.param, TODAY, profile=graph.actors["fie"].facts)
    return answer_of(Rules(graph), case, request.param, [], Wish(TODAY, by=date(2027, 12, 31), flips=False))


def test_word(answer: EntryAnswer, tmp_path: Path) -> None:
    docx = pytest.importorskip("docx")
    document = docx.Document(str(write_brief(answer, tmp_path / "brief.docx")))
    lines = [paragraph.text for paragraph in document.paragraphs]
    assert answer.head[0] in lines and answer.head_zh[0] in lines
    names = {row.cells[2].text for row in document.tables[0].rows[1:]}
    due = {s.requirement.name for s in answer.plans[0].steps if s.status == "due"}
    assert all(any(text.startswith(name) for text in names) for name in due)


def test_excel(answer: EntryAnswer, tmp_path: Path) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    book = openpyxl.load_workbook(write_brief(answer, tmp_path / "brief.xlsx"))
    assert {"head", "steps", "calls", "case"} <= set(book.sheetnames)
    shown = sum(step.status != "not-applicable" for step in answer.plans[0].steps)
    assert book["steps"].max_row == shown + 1
    assert not any(str(cell.value or "").startswith(("=", "@")) for row in book["steps"].iter_rows() for cell in row)


def test_calendar(answer: EntryAnswer, tmp_path: Path) -> None:
    raw = write_brief(answer, tmp_path / "brief.ics").read_bytes()
    assert all(len(line) <= 75 for line in raw.split(b"\r\n"))
    whole = raw.replace(b"\r\n ", b"").decode()
    assert whole.count("BEGIN:VEVENT") == whole.count("END:VEVENT") == whole.count("\r\nUID:") > 2
    day = answer.plans[0].launch.p50.strftime("%Y%m%d")
    assert f"DTSTART;VALUE=DATE:{day}" in whole and "SUMMARY:Launch P50" in whole


def test_markdown_html_and_json(answer: EntryAnswer, tmp_path: Path) -> None:
    text = write_brief(answer, tmp_path / "brief.md").read_text("utf-8")
    assert "```mermaid\ngantt" in text and str(answer.plans[0].launch.p90) in text
    page = write_brief(answer, tmp_path / "brief.html").read_text("utf-8")
    assert "<script" not in page and "<svg" in page
    told = json.loads(write_brief(answer, tmp_path / "brief.json").read_text("utf-8"))
    assert told["plans"][0]["launch"]["p50"] == str(answer.plans[0].launch.p50)
    assert all({"value", "from"} <= fact.keys() for fact in told["case"].values())


def test_gantt(answer: EntryAnswer) -> None:
    ElementTree.fromstring(gantt_svg(answer, answer.plans[0]))
    assert gantt_mermaid(answer).startswith("gantt\n")


def test_an_unknown_form_and_place_are_told(answer: EntryAnswer, tmp_path: Path) -> None:
    with pytest.raises(ChinaAIError) as told:
        write_brief(answer, tmp_path / "brief.pages")
    assert ".docx" in str(told.value.hint)
    with pytest.raises(ChinaAIError):
        write_brief(answer, tmp_path / "no" / "brief.md")
    assert list(tmp_path.iterdir()) == []


def test_a_link_to_a_brief_stays_a_link(answer: EntryAnswer, tmp_path: Path) -> None:
    (tmp_path / "link.md").symlink_to(tmp_path / "brief.md")
    write_brief(answer, tmp_path / "link.md")
    assert (tmp_path / "link.md").is_symlink()
    assert (tmp_path / "brief.md").read_text("utf-8").startswith("# ")
