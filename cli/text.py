"""Answers as a person reads them: a table of the columns that matter, fitted to the terminal, sources below."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.cells import cell_len
from rich.markup import escape
from rich.table import Table

from ..graph.confidence import KIND_WEIGHT
from ..graph.seen import grouped
from ..graph.when import cell as day_of
from ..queries.answers import counted
from . import output
from .output import cell, clean
from .paging import paged

Row = Mapping[str, Any]
#: Evidence of a row, in the order in which it gives way to a narrow terminal, last first.
_EVIDENCE = ("when", "status", "confidence", "fact_id", "scope", "until", "seen", "conflict")
#: Days that stand in no column of their own: `when` shows one.
_DAYS = ("date", "since", "announced")
#: Sources named under a table unless all are asked for, and at each row.
_SHOWN, _EACH = 12, 2
#: Widest that a column asks for, and least that a table leaves it.
_WIDE, _NARROW = 36, 8
#: What a row says of what it names.
_SAYS = ("relation", "metric", "value", "text", "rank")
_KINDS = list(KIND_WEIGHT)


def print_answer(
    title: str, columns: Sequence[str], rows: Sequence[Row], *, verbose: bool = False,
    said: Sequence[str] = (), show: Sequence[str] = (),
) -> None:  # fmt: skip
    """A table of the answer; with `verbose` every column, row by row, and every source.

    A name stands with its Chinese name and id. Columns that don't fit are named below the table, and under it
    the sentences `said`: what was left out, how far was searched. `show` names the columns that matter most.
    """
    if not rows:
        output.err.print(f"{clean(title)}: no rows", markup=False)
        for sentence in said:
            output.note(sentence)
        return
    with paged():
        output.line(f"{title}: {counted(len(rows))}", style="bold")
        if verbose:
            _blocks(columns, rows)
        else:
            _table(columns, rows, show)
        for sentence in said:
            output.line(sentence, style="dim")


def print_markdown(title: str, columns: Sequence[str], rows: Sequence[Row], said: Sequence[str] = ()) -> None:
    """The same as Markdown: a table, then its sources as links."""
    merged, shown = _merged(columns, rows)
    numbers = _Numbers()
    lines = [f"### {_md(title)}", ""]
    if not rows:
        lines += ["no rows"]
    else:
        heads = [*(name.replace("_", " ") for name in shown), *(["sources"] if _cited(rows) else [])]
        lines += ["| " + " | ".join(heads) + " |", "|" + " --- |" * len(heads)]
        for row, plain in zip(rows, merged, strict=True):
            cells = [_md(plain.get(name, "")) for name in shown]
            if _cited(rows):
                cells.append(numbers.of(row.get("sources") or [], len(row.get("sources") or [])))
            lines.append("| " + " | ".join(cells) + " |")
        lines += ["", *(f"{n}. {_md_source(source)}" for n, source in numbers.listed())] if numbers.held else []
    for sentence in said:
        lines += ["", f"*{_md(sentence)}*"]
    output.line("\n".join(lines))


def _table(columns: Sequence[str], rows: Sequence[Row], show: Sequence[str] = ()) -> None:
    merged, names = _merged(columns, rows)
    widths = {
        name: min(_WIDE, max([cell_len(name.replace("_", " ")), *(cell_len(row.get(name, "")) for row in merged)]))
        for name in names
    }
    cited = _cited(rows)
    named = [name for name in show if name in names] or [name for name in names if _id_of(name, columns)]
    shown = _fitting(names, named, widths, output.out.width - (10 if cited else 0) - 6, must=bool(show))
    table = Table(header_style="bold", expand=False, pad_edge=False, box=None, padding=(0, 2, 0, 0))
    table.add_column("", justify="right", style="dim", no_wrap=True)
    for name in shown:
        table.add_column(name.replace("_", " "), overflow="fold", min_width=min(widths[name], _NARROW))
    if cited:
        table.add_column("sources", style="dim", no_wrap=True)
    numbers = _Numbers()
    for count, (row, plain) in enumerate(zip(rows, merged, strict=True), 1):
        cells = [escape(plain.get(name, "")) for name in shown]
        if cited:
            cells.append(escape(numbers.of(row.get("sources") or [], _EACH)))
        table.add_row(str(count), *cells)
    output.out.print(table)
    for number, source in numbers.listed()[:_SHOWN]:
        output.line(f"[{number}] {cell([source])}", style="dim")
    hidden = [name for name in names if name not in shown]
    rest = len(numbers.held) - _SHOWN
    told = [f"{rest} more sources"] * (rest > 0) + [name.replace("_", " ") for name in hidden]
    if told:
        output.line(f"not shown: {', '.join(told)} (-v shows all; --json, --csv)", style="dim")


def _blocks(columns: Sequence[str], rows: Sequence[Row]) -> None:
    for count, row in enumerate(rows, 1):
        output.line(f"{count:>3}.")
        for name in columns:
            if name != "sources" and row.get(name) not in (None, "", []):
                output.line(f"     {name.replace('_', ' ')}: {cell(row[name])}")
        for source in _best(row.get("sources") or []):
            title = f" · {source['title']}" if source.get("title") else ""
            output.line(f"     ↳ {cell([source])}{title}", style="dim")


def _merged(columns: Sequence[str], rows: Sequence[Row]) -> tuple[list[dict[str, str]], list[str]]:
    """Each row as text by shown column, and the columns that hold something: what was asked first, evidence last."""
    merged = []
    for row in rows:
        plain: dict[str, str] = {}
        for name in columns:
            value = row.get(name)
            if value in (None, "", []) or name == "sources" or _belongs(name, columns):
                continue
            also = [str(row[key]) for key in (f"{name}_zh",) if row.get(key) and row[key] != value]
            known = row.get(_id_of(name, columns) or "")
            said = grouped(value) if isinstance(value, float) else cell(value)
            text = " ".join([said, *map(clean, also)])
            plain[name] = f"{text} ({clean(known)})" if known and str(known) != value else text
        if day := day_of(row):
            plain["when"] = clean(day)
            if not any(row.get(name) for name in _DAYS):
                plain.pop("seen", None)  # told already
        merged.append(plain)
    held = [name for name in columns if any(name in row for row in merged)]
    own = [name for name in held if name not in (*_EVIDENCE, *_DAYS)]
    evidence = [name for name in _EVIDENCE if any(name in row for row in merged)]
    return merged, [*own, *evidence]


def _belongs(name: str, columns: Sequence[str]) -> bool:
    """True for the Chinese name or id that stands with a name already."""
    if name == "id" or name.endswith("_id"):
        return any(_id_of(other, columns) == name for other in columns if other != name)
    return name.endswith("_zh") and name.removesuffix("_zh") in columns


def _id_of(name: str, columns: Sequence[str]) -> str | None:
    """The column that holds the id of what a column names: partner_id of partner, foreign_id of foreign_company."""
    if name.endswith(("_id", "_zh")):
        return None
    known = "id" if name == "name" else f"{name}_id"
    if known in columns:
        return known
    stem = name.partition("_")[0]
    fits = "_" in name and stem not in columns and f"{stem}_id" in columns and stem != "fact"
    return f"{stem}_id" if fits else None


def _fitting(
    names: Sequence[str], named: Sequence[str], widths: Mapping[str, int], room: int, *, must: bool = False
) -> list[str]:  # fmt: skip
    """The columns that a line has room for: those that name things first, of evidence what matters most.

    Args:
        must: the columns in `named` are shown in any case.
    """
    ranked = [*[n for n in names if n not in _EVIDENCE], *[n for n in _EVIDENCE if n in names]]
    first = [*named] or ranked[:1]
    second = [name for name in ranked if name in _SAYS and name not in first]
    days = [name for name in ("when",) if name in names]
    order = [*first, *days, *second, *[name for name in ("status", "fact_id") if name in names]]
    order += [name for name in ranked if name not in order]
    wide = _WIDE if room > 60 and len(first) < 4 else 22
    if must:  # what the question says matters most is kept, folded where the line is short
        wide = max(_NARROW, min(wide, room // len(first) - 2))
    kept: list[str] = []
    for name in order:
        need = min(widths[name], wide if name in first else 24) + 2
        if not kept or need <= room or (must and name in first):
            kept.append(name)
            room -= need
    return [name for name in names if name in kept]


class _Numbers:
    """Sources numbered in the order in which rows name them."""

    def __init__(self) -> None:
        self.held: dict[str, tuple[int, Row]] = {}

    def of(self, sources: Sequence[Row], most: int) -> str:
        """The numbers of a row's best sources, and how many more it has."""
        found = []
        for source in _best(sources)[:most]:
            key = str(source.get("id") or source)
            found.append(self.held.setdefault(key, (len(self.held) + 1, source))[0])
        more = f" +{len(sources) - most}" if len(sources) > most else ""
        return "".join(f"[{number}]" for number in found) + more

    def listed(self) -> list[tuple[int, Row]]:
        """Number and source, in order."""
        return list(self.held.values())


def _best(sources: Sequence[Row]) -> list[Row]:
    return sorted(sources, key=lambda s: _KINDS.index(s["kind"]) if s.get("kind") in _KINDS else len(_KINDS))


def _cited(rows: Sequence[Row]) -> bool:
    return any(row.get("sources") for row in rows)


def _md(text: str) -> str:
    return clean(text).replace("\\", "\\\\").replace("|", "\\|").replace("\n", " ").replace("<", "&lt;")


def _md_source(source: Row) -> str:
    said = _md(", ".join(str(source[key]) for key in ("publisher", "published", "title") if source.get(key)))
    url = str(source.get("url") or "")
    return f"[{said.replace('[', '(').replace(']', ')')}](<{url}>)" if url.startswith(("http://", "https://")) else said
