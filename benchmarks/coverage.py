"""Grade the graph against a list of what somebody who decides about AI in China would expect to find.

    python benchmarks/coverage.py                    # the shipped seeds, every item with the rows it found
    python benchmarks/coverage.py --home OLD --home NEW --write docs/coverage.md

An item is `present` where every row that it expects stands, `part` where some do, `missing` where none does. A row is
"subject RELATION object", "subject metric", or "node id", with an optional day behind it that the fact's own days must
begin with; `*` is anything and `|` separates alternatives. That a row stands says nothing of whether it is right: that
is what docs/audits.md is for. The list names ids, so a thing under another id counts as missing.
"""

from __future__ import annotations

import argparse
import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any

import yaml
from chinaai import KnowledgeGraph, connect
from chinaai.graph.dates import PartialDate
from chinaai.graph.model import EDGES, METRICS

LIST = Path(__file__).resolve().parents[1] / "tests" / "data" / "coverage.yaml"
_DAY = re.compile(r"\d{4}(-[\dQH]+)*(\|\d{4}(-[\dQH]+)*)*")
_FACTS = """CALL () {
  MATCH (a:ChinaAI)-[r]->(b:ChinaAI) WHERE r.fact_id IS NOT NULL AND r.retired IS NULL AND r.sources IS NOT NULL
  RETURN a.id AS subject, type(r) AS word, b.id AS object, r.fact_id AS fact,
         [r.since, r.until, r.announced, r.as_of] AS days
  UNION ALL
  MATCH (o:ChinaAI:Observation)-[q:OF]->(s:ChinaAI) WHERE o.retired IS NULL AND q.retired IS NULL
  RETURN s.id AS subject, o.metric AS word, null AS object, o.id AS fact,
         [o.since, o.date, o.announced, o.as_of] AS days
}
RETURN subject, word, object, fact, days ORDER BY fact"""
_NODES = "MATCH (n:ChinaAI) WHERE n.retired IS NULL RETURN n.id AS id, n.effect AS effect ORDER BY id"
GRADES = ("present", "part", "missing")


@dataclass(frozen=True)
class Row:
    """A fact of the graph as the list speaks of it."""

    subject: str
    word: str
    object: str | None
    fact: str
    days: tuple[str, ...] = ()


@dataclass(frozen=True)
class Item:
    """An expected thing, its grade, and the facts that were found for each row that it expects."""

    id: str
    area: str
    quarter: str
    found: dict[str, list[str]] = field(default_factory=dict)

    @property
    def grade(self) -> str:
        """present, part or missing."""
        held = sum(bool(facts) for facts in self.found.values())
        return "present" if held == len(self.found) else "part" if held else "missing"


def grade(rows: list[Row], expected: Iterable[dict[str, Any]]) -> list[Item]:
    """Every expected thing against the rows.

    Raises:
        ValueError: a row of the list can't be read, or names no declared relation or metric.
    """
    graded = []
    for one in expected:
        found = {text: sorted({row.fact for row in rows if test(row)}) for text, test in map(_test, one["rows"])}
        graded.append(Item(one["id"], one["area"], _quarter(str(one["date"])), found))
    return graded


def rows_of(kg: KnowledgeGraph) -> list[Row]:
    """All facts of the graph, and its nodes as rows of the word `node`; what a control list means as `effect`."""
    facts = kg.cypher(_FACTS, limit=1_000_000, seconds=300).rows
    found = [
        Row(row["subject"], row["word"], row["object"], row["fact"], tuple(str(day) for day in row["days"] if day))
        for row in facts
    ]
    for row in kg.cypher(_NODES, limit=1_000_000, seconds=300).rows:
        found.append(Row("node", row["id"], None, row["id"]))
        if row["effect"]:
            found.append(Row(row["id"], "effect", None, f"{row['id']}.effect"))
    return found


def _test(text: str) -> tuple[str, Callable[[Row], bool]]:
    words = text.split()
    days = words.pop().split("|") if len(words) > 2 and _DAY.fullmatch(words[-1]) else []
    if len(words) not in (2, 3):
        raise ValueError(f"'{text}': write 'subject RELATION object', 'subject metric' or 'node id'")
    subject, word, other = words[0], words[1], words[2] if len(words) == 3 else None
    for one in word.split("|"):
        if subject != "node" and one not in {*EDGES, *METRICS, "effect"}:
            raise ValueError(f"'{text}': there is no relation or metric '{one}'")
    both = all(one in EDGES and EDGES[one].symmetric for one in word.split("|"))

    def fits(row: Row) -> bool:
        if not _one(row.word, word) or (days and not any(day.startswith(d) for day in row.days for d in days)):
            return False
        straight = _one(row.subject, subject) and (other is None or _one(row.object or "", other))
        return straight or (both and other is not None and _one(row.subject, other) and _one(row.object or "", subject))

    return text, fits


def _one(value: str, pattern: str) -> bool:
    return any(fnmatchcase(value, part) for part in pattern.split("|"))


def _quarter(day: str) -> str:
    first = PartialDate.parse(day).first
    return f"{first.year}Q{(first.month + 2) // 3}"


def table(columns: dict[str, list[Item]], by: str) -> str:
    """Counts by area or quarter, one column for each graph."""
    names = list(columns)
    keys = sorted({getattr(item, by) for item in columns[names[0]]})
    lines = [f"| {by} | n | " + " | ".join(f"{name}: {grade}" for name in names for grade in GRADES) + " |"]
    lines.append("|---|---|" + "---|" * (len(names) * len(GRADES)))
    for key in [*keys, "all"]:
        cells, n = [], 0
        for name in names:
            mine = [item for item in columns[name] if key in ("all", getattr(item, by))]
            n = len(mine)
            cells += [f"{k} ({k / n:.0%})" for g in GRADES for k in [sum(item.grade == g for item in mine)]]
        lines.append(f"| {key} | {n} | " + " | ".join(cells) + " |")
    return "\n".join(lines)


def page(columns: dict[str, list[Item]]) -> str:
    """The page: counts by area and quarter, then every item with the facts that were found for it in the last graph."""
    last = columns[list(columns)[-1]]
    lines = ["| id | area | quarter | grade | expected | facts |", "|---|---|---|---|---|---|"]
    for item in last:
        for place, (text, facts) in enumerate(item.found.items()):
            head = f"| {item.id} | {item.area} | {item.quarter} | {item.grade} |" if place == 0 else "| | | | |"
            shown = ", ".join(facts[:3]) + (f" and {len(facts) - 3} more" if len(facts) > 3 else "")
            lines.append(f"{head} {text.replace('|', ' or ')} | {shown or '–'} |")
    return (
        "\n\n".join([_HEAD, table(columns, "area"), table(columns, "quarter"), "## Every item", "\n".join(lines)])
        + "\n"
    )


_HEAD = """# Coverage

What somebody who decides about AI in China would expect to find, written down before the seeds were opened, and graded
by `python benchmarks/coverage.py`: *present* where every row that an item expects stands, *part* where some do. The
list is `tests/data/coverage.yaml`; it leans to the first half of 2026, and names things by their ids, so one that
stands under another id counts as missing. A row that stands is not thereby right: see [audits.md](audits.md)."""


def read_list(path: Path = LIST) -> list[dict[str, Any]]:
    """The expected things."""
    held: list[dict[str, Any]] = yaml.safe_load(path.read_text(encoding="utf-8"))["expected"]
    return held


def main() -> None:
    """Grade one graph or several, and print or write the page."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--home", action="append", metavar="[NAME=]FOLDER", help="home of a built graph; repeatable")
    parser.add_argument("--list", type=Path, default=LIST, help="list of what is expected")
    parser.add_argument("--write", type=Path, help="file to write the page to")
    given = parser.parse_args()
    expected = read_list(given.list)
    columns: dict[str, list[Item]] = {}
    for home in given.home or ["now="]:
        name, _, folder = home.rpartition("=")
        with connect(home=folder or None) as kg:
            columns[name or folder] = grade(rows_of(kg), expected)
    text = page(columns)
    if given.write:
        given.write.write_text(text, encoding="utf-8")
    else:
        print(text)


if __name__ == "__main__":
    main()
