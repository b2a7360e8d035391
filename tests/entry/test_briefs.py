"""A brief in every form is opened by another program, and tells the same window."""

from __future__ import annotations

import functools
import json
from datetime import date
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from chinaai.graph.entry.profile import case_of
from chinaai.graph.entry.rules import Rules
from chinaai.graph.errors import ChinaAIError
from chinaai.loaders.entry.read import read_entry
from chinaai.queries.entry.answer import Wish, answer_of
from chinaai.queries.entry.brief import write_brief
from chinaai.queries.entry.compare import compare_answers
from chinaai.queries.entry.gantt import bars_of, gantt_mermaid, gantt_svg
from chinaai.queries.entry.head import head_lines
from chinaai.queries.entry.rows import BarRow, ClosedRow, EntryAnswer, Partner, PlanRow, Ref

SEEDS = Path(__file__).resolve().parents[2] / "seeds" / "entry"
TODAY = date(2026, 11, 28)


@pytest.fixture(scope="module", params=["phone-assistant", "cloud", "adas"])
def answer(request: pytest.FixtureRequest) -> EntryAnswer:
    return answered(request.param)


@pytest.fixture(scope="module")
def phone() -> EntryAnswer:
    """One of the answers, to change a part of it."""
    return answered("phone-assistant")


@functools.cache
def answered(service: str) -> EntryAnswer:
    graph = read_entry(SEEDS).graph()
    case = case_of(graph, service, TODAY, profile=graph.actors["fie"].facts)
    return answer_of(Rules(graph), case, service, [], Wish(TODAY, by=date(2027, 12, 31), flips=False))


def with_plan(answer: EntryAnswer, **parts: Any) -> EntryAnswer:
    """The answer with its first plan changed, and no other."""
    return answer.model_copy(update={"plans": [answer.plans[0].model_copy(update=parts)]})


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


@pytest.mark.parametrize(("text", "kept"), [("=1+1", "'=1+1"), ("@SUM(A1)", "'@SUM(A1)"), ("a=1", "a=1"), ("-5", "-5")])
def test_no_cell_of_a_workbook_is_a_formula(phone: EntryAnswer, tmp_path: Path, text: str, kept: str) -> None:
    openpyxl = pytest.importorskip("openpyxl")
    told = phone.model_copy(update={"head": [text], "plans": phone.plans[:1]})
    assert openpyxl.load_workbook(write_brief(told, tmp_path / "brief.xlsx"))["head"]["A1"].value == kept


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


def test_a_bar_is_critical_from_half_of_the_draws(phone: EntryAnswer) -> None:
    steps = bars_of(phone.plans[0])[:3]
    made = [step.model_copy(update={"critical": share}) for step, share in zip(steps, (0.49, 0.5, None), strict=True)]
    bars = [line for line in gantt_mermaid(with_plan(phone, steps=made)).splitlines() if " :" in line]
    assert [":crit, " in line for line in bars if ":milestone" not in line] == [False, True, False]


def test_what_is_first_needs_nothing_that_is_due(answer: EntryAnswer) -> None:
    plan = answer.plans[0]
    due = {step.requirement.id for step in plan.steps if step.status == "due"}
    ready = [
        s for s in plan.steps if s.requirement.id in due and s.blocks_launch and s.duration and not due & {*s.needs}
    ]
    ready.sort(key=lambda s: -(s.critical or 0))
    wanted = "; ".join(f"{s.requirement.name} ({s.performer})" for s in ready[:3])
    assert f"First: {wanted}." in answer.head


def bar(name: str, private: bool) -> BarRow:
    return BarRow(id=name, name=name, strategy=None, state="binding", closes=False, private=private, why="why",
                  why_zh="why", lifted_by=[], basis=[], sources=[])  # fmt: skip


def test_a_suppliers_own_bar_is_told_before_the_law(phone: EntryAnswer) -> None:
    lines, _ = head_lines(with_plan(phone, bars=[bar("law", False), bar("terms", True)]))
    assert lines[:2] == ["Not law but binding: terms. why", "In the way: law. why"]


def test_a_head_has_ten_lines_at_most(phone: EntryAnswer) -> None:
    """Of eleven strategies that don't fit nine are told under the first line."""
    ways = [ClosedRow.model_construct(strategy=Ref(id="s", name=f"road {n}"), article=[], why="w", why_zh="w")
            for n in range(11)]  # fmt: skip
    for lines in head_lines(phone.model_copy(update={"plans": [], "closed": [], "no_option": ways})):
        assert len(lines) == 10 and lines[-1].startswith("road 8")


def aspects(plan: PlanRow, phone: EntryAnswer) -> dict[str, str]:
    answer = phone.model_copy(update={"plans": [plan]})
    return {row.aspect: row.left for row in compare_answers(answer, answer).rows}


def test_four_steps_are_told_as_the_most_critical(phone: EntryAnswer) -> None:
    shares = (0.1, 0.9, 0.3, 0.7, 0.5)
    plan = phone.plans[0]
    steps = [step.model_copy(update={"critical": n}) for step, n in zip(plan.steps, shares, strict=False)]
    told = aspects(plan.model_copy(update={"steps": steps}), phone)["most critical"]
    names = [step.requirement.name for step in steps]
    assert told == f"{names[1]} 90%, {names[3]} 70%, {names[4]} 50%, {names[2]} 30%"


def test_the_first_partner_of_a_step_is_the_best(phone: EntryAnswer) -> None:
    def partner(name: str, score: int) -> Partner:
        return Partner(requirement=Ref(id="r.x", name="X"), company=Ref(id=name, name=name), score=score, warnings=[],
                       reasons=[], confidence=None, sources=[])  # fmt: skip

    plan = phone.plans[0].model_copy(update={"partners": [partner("Best", 9), partner("Other", 3)]})
    assert aspects(plan, phone)["first partner"] == "Best for r.x (score 9)"


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
