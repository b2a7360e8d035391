"""Files saved from the page: the current view, with its date and filters printed in."""

from __future__ import annotations

import csv
import io
import json
import xml.etree.ElementTree as ET
from typing import Any

import networkx as nx
import pytest

VIEW = "#as_of=2025-02-13&ok=NEGOTIATED_WITH"  # 2025-02-13: f1 f3 f6 f8 f9
FACTS = {"f1", "f3", "f6", "f8", "f9"}


def test_csv_holds_the_facts_of_the_view(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small, VIEW)
    page.ready()
    raw = page.save("csv").read_bytes()
    assert raw.startswith(b"\xef\xbb\xbf")
    rows = list(csv.DictReader(io.StringIO(raw.decode("utf-8-sig"))))
    assert {row["fact_id"] for row in rows} == FACTS
    first = next(row for row in rows if row["fact_id"] == "f1")
    assert (first["subject_zh"], first["object"], first["known_from"], first["sources"]) == (
        "苹果公司", "Alibaba Group", "2025-02-13", "s1 s2",
    )  # fmt: skip
    assert {(row["view_as_of"], row["view_filters"]) for row in rows} == {
        ("2025-02-13", "Facts by type: without negotiated with; Status: without denied")
    }


@pytest.mark.parametrize(
    "bad", ["=1+2", "+1", "-1+2", "@SUM(A1)", "\t=1", "\r=1", "\n=1", "＝1", " =1", '"=1', "%0A", "|calc"]
)
def test_csv_cells_are_no_formulas(small: nx.MultiDiGraph, open_page: Any, bad: str) -> None:
    small.nodes["tim"]["name"] = bad
    small.edges["tim", "apple", "f6"].update(note=bad, scope=bad)
    page = open_page(small)
    page.ready()
    rows = list(csv.DictReader(io.StringIO(page.save("csv").read_text(encoding="utf-8-sig"), newline="")))
    row = next(row for row in rows if row["fact_id"] == "f6")
    for key in ("subject", "note", "scope"):
        assert row[key].startswith(("'", "⟦")), row[key]


def test_json_holds_view_date_filters_and_sources(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small, VIEW)
    page.ready()
    data = json.loads(page.save("json").read_text(encoding="utf-8"))
    assert data["as_of"] == "2025-02-13" and "negotiated with" in data["filters"]
    assert {edge["fact_id"] for edge in data["edges"]} == FACTS
    assert {source["id"]: source["url"] for source in data["sources"]} == {
        "s1": "https://news.example/deal",
        "s2": None,
    }


def test_svg_is_a_picture_with_date_filters_and_legend(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small, VIEW + "&l=zh")
    page.ready()
    root = ET.fromstring(page.save("svg").read_text(encoding="utf-8"))
    texts = {node.text for node in root.iter("{http://www.w3.org/2000/svg}text")}
    joined = " ".join(filter(None, texts))
    assert (
        any(text and text.startswith("Test graph") for text in texts)
        and "苹果公司" in texts
        and {"公司", "模型", "人物"} <= texts
    )
    assert "2025-02-13" in joined and "不含" in joined
    assert {tag.split("}")[1] for tag in (node.tag for node in root.iter())} <= {
        "svg", "title", "rect", "g", "path", "text", "circle", "polygon", "defs", "marker",
    }  # fmt: skip


@pytest.mark.parametrize("fragment", ["", "#v=over", "#v=near&f=apple&th=dark"])
def test_png_is_an_image_that_is_not_blank(small: nx.MultiDiGraph, open_page: Any, fragment: str) -> None:
    page = open_page(small, fragment)
    page.ready()
    raw = page.save("png").read_bytes()
    assert raw.startswith(b"\x89PNG\r\n\x1a\n") and int.from_bytes(raw[16:20], "big") >= 1800
    assert len(raw) > 15_000


def test_plan_exports_its_steps(small: nx.MultiDiGraph, open_page: Any, plan: dict[str, Any]) -> None:
    page = open_page(small, "/plan", plans=[plan])
    page.ready()
    rows = list(csv.DictReader(io.StringIO(page.save("csv").read_text(encoding="utf-8-sig"))))
    assert [(row["id"], row["status"], row["days_typical"], row["needs"]) for row in rows] == [
        ("company", "held", "90", ""), ("assess", "due", "60", "company"), ("file", "due", "54", "assess company"),
    ]  # fmt: skip


def test_files_are_named_after_view_and_day(small: nx.MultiDiGraph, open_page: Any) -> None:
    page = open_page(small, "/entity/apple?as_of=2025-02-13")
    page.ready()
    assert page.save("csv").name == "Apple-Inc-2025-02-13.csv"
    page.go("/who?as_of=any")
    assert page.save("json").name == "Who-works-with-whom-Partners-any-date.json"
