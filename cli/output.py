"""How answers are printed: one JSON array, CSV, or a table; everything else goes to stderr."""

from __future__ import annotations

import csv
import json
import math
import shutil
import sys
import tempfile
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import Any

from rich.console import Console
from rich.markup import escape
from rich.table import Table

from ..graph.confidence import KIND_WEIGHT
from ..graph.errors import ChinaAIError

out = Console(soft_wrap=False)
err = Console(stderr=True, soft_wrap=True)
#: Columns shown as the second line of a row: how sure it is and since when.
_EVIDENCE = ("status", "since", "announced", "seen", "until", "scope", "confidence", "conflict", "fact_id")
#: Sources shown beside a row in the terminal; --json has all.
_SHOWN_SOURCES = 2
#: Kinds of source, best first.
_KINDS = list(KIND_WEIGHT)


def line(text: str) -> None:
    """A line on stdout as it is: no markup read in it, no break where the terminal ends."""
    out.print(text, markup=False, highlight=False, soft_wrap=True)


def note(text: str) -> None:
    """The same on stderr, for messages."""
    err.print(text, markup=False, highlight=False, soft_wrap=True)


@contextmanager
def file_or_stdout(target: Path) -> Iterator[Path]:
    """Where a command writes: the target itself, or for `-` a file whose bytes go to stdout when it is whole.

    Raises:
        ChinaAIError: a folder was written, which can't go to stdout.
    """
    if str(target) != "-":
        yield target
        return
    with tempfile.TemporaryDirectory(prefix="chinaai-") as folder:
        part = Path(folder) / "out"
        yield part
        if part.is_dir():
            raise ChinaAIError("this form is a folder, which can't go to stdout", "", "give -o the name of a folder")
        sys.stdout.flush()
        with part.open("rb") as source, suppress(BrokenPipeError):
            shutil.copyfileobj(source, sys.stdout.buffer)
            sys.stdout.buffer.flush()


def print_json(value: Any) -> None:
    """One JSON value on stdout, 中文 as it is; what JSON has no word for (NaN, infinity) becomes null."""
    sys.stdout.write(json.dumps(finite(value), ensure_ascii=False, indent=2, default=str) + "\n")


def finite(value: Any) -> Any:
    """The same value with null where JSON has no word for a number."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [finite(item) for item in value]
    return value


def print_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]]) -> None:
    """CSV on stdout; lists are joined by '; ', sources as publisher, date and address."""
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([_safe(_cell(row.get(column))) for column in columns])


def print_table(
    title: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]], *, every: bool = False
) -> None:  # fmt: skip
    """A table as wide as the terminal; empty columns are left out unless `every`."""
    if not rows:
        err.print(f"{title}: no rows")
        return
    shown = [c for c in columns if every or any(row.get(c) not in (None, "", []) for row in rows)]
    table = Table(title=title, title_justify="left", header_style="bold", expand=False)
    for column in shown:
        table.add_column(column.replace("_", " "), overflow="fold")
    for row in rows:
        table.add_row(*[escape(_cell(row.get(column), short=True)) for column in shown])
    out.print(table)


def print_answer(title: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]]) -> None:
    """Rows of an answer as short paragraphs: what, how sure and since when, and where it is said."""
    if not rows:
        err.print(f"{title}: no rows", markup=False)
        return
    out.print(f"{title}: {len(rows)} row{'s' if len(rows) != 1 else ''}", style="bold", markup=False)
    for number, row in enumerate(rows, 1):
        own = [c for c in columns if c not in _EVIDENCE and c != "sources"]
        head = [_named(c, row) for c in own if row.get(c) not in (None, "", []) and not _is_id(c, row)]
        out.print(f"{number:>3}. " + " · ".join(head), markup=False, highlight=False, soft_wrap=True)
        facts = [_labelled(c, row[c]) for c in _EVIDENCE if c in row and row[c] not in (None, "")]
        if facts:
            out.print("     " + " · ".join(facts), style="dim", markup=False, highlight=False, soft_wrap=True)
        _print_sources(row.get("sources") or [])


def _is_id(column: str, row: Mapping[str, Any]) -> bool:
    return column.endswith("_id") and column.removesuffix("_id") in row


def _named(column: str, row: Mapping[str, Any]) -> str:
    """A name with its id behind it; any other value with its column before it."""
    known = row.get(f"{column}_id")
    return f"{row[column]} ({known})" if known else _labelled(column, row[column])


def _labelled(column: str, value: Any) -> str:
    bare = column in ("status", "scope", "product") or not isinstance(value, str | int | float)
    return _cell(value) if bare else f"{column.replace('_', ' ')} {_cell(value)}"


def _print_sources(sources: Sequence[Mapping[str, Any]]) -> None:
    best = sorted(sources, key=lambda s: _KINDS.index(s["kind"]) if s.get("kind") in _KINDS else len(_KINDS))
    for source in best[:_SHOWN_SOURCES]:
        out.print("     ↳ " + _item(source, short=False), style="dim", markup=False, highlight=False, soft_wrap=True)
    if len(sources) > _SHOWN_SOURCES:
        more = len(sources) - _SHOWN_SOURCES
        out.print(f"     ↳ and {more} more source{'s' if more != 1 else ''}", style="dim", highlight=False)


def _cell(value: Any, short: bool = False) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return f"{value:g}"
    if isinstance(value, list):
        return ("\n" if short else "; ").join(_item(item, short) for item in value)
    return str(value)


def _item(item: Any, short: bool) -> str:
    if isinstance(item, Mapping) and "publisher" in item:
        date = f" {item['published']}" if item.get("published") else ""
        return f"{item['publisher']}{date}" if short else f"{item['publisher']}{date} {item.get('url') or ''}".strip()
    if isinstance(item, dict) and "relation" in item:
        return f"{item.get('from')} {item['relation']} {item.get('to')}"
    return str(item)


def _safe(text: str) -> str:
    """Spreadsheets run cells that begin like a formula; a quote in front keeps them text."""
    return "'" + text if text.startswith(("=", "+", "-", "@", "\t", "\r")) and not _number(text) else text


def _number(text: str) -> bool:
    try:
        float(text)
    except ValueError:
        return False
    return True


@contextmanager
def progress_bars(quiet: bool, doing: str = "loading") -> Iterator[Any]:
    """A callback (name, done, total) that draws one bar a name on stderr."""
    if quiet or not err.is_terminal:
        yield None
        return
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeElapsedColumn

    columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
    with Progress(*columns, console=err, transient=True) as bars:
        tasks: dict[str, Any] = {}

        def report(name: str, done: int, total: int) -> None:
            task = tasks.setdefault(name, None)
            if task is None:
                task = tasks[name] = bars.add_task(f"{doing} {name}", total=total)
            bars.update(task, completed=done)

        yield report
