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

from ..graph.errors import ChinaAIError
from ..graph.seen import HIDDEN, in_full, marked, no_formula

out = Console(soft_wrap=False)
err = Console(stderr=True, soft_wrap=True)


def clean(value: object) -> str:
    """Text in which what a terminal would obey, or not show, is a visible mark: ⟦U+001B⟧."""
    return marked(str(value))


def line(text: str, style: str | None = None) -> None:
    """A line on stdout: no markup read in it, no break where the terminal ends, no command to the terminal."""
    out.print(clean(text), style=style, markup=False, highlight=False, soft_wrap=True)


def note(text: str) -> None:
    """The same on stderr, for messages."""
    err.print(clean(text), markup=False, highlight=False, soft_wrap=True)


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
    text = json.dumps(finite(value), ensure_ascii=False, indent=2, default=str)
    sys.stdout.write(_escaped(text) + "\n")


def _escaped(text: str) -> str:
    """JSON text with what can't be seen as its escapes, so that it is the same value and no command."""
    return HIDDEN.sub(lambda hit: json.dumps(hit[0])[1:-1] if hit[0] != "\n" else "\n", text)


def finite(value: Any) -> Any:
    """The same value with null where JSON has no word for a number."""
    if isinstance(value, float):
        return value if math.isfinite(value) else None
    if isinstance(value, Mapping):
        return {key: finite(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [finite(item) for item in value]
    return value


def print_csv(columns: Sequence[str], rows: Iterable[Mapping[str, Any]], *, excel: bool = False) -> None:
    """CSV on stdout; lists are joined by '; ', sources as publisher, date and address.

    Args:
        excel: begin with the mark by which Excel knows UTF-8.
    """
    if excel:
        sys.stdout.write("\ufeff")
    writer = csv.writer(sys.stdout, lineterminator="\n")
    writer.writerow(columns)
    for row in rows:
        writer.writerow([no_formula(cell(row.get(column))) for column in columns])


def print_table(
    title: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]], *, every: bool = False
) -> None:  # fmt: skip
    """A table as wide as the terminal; empty columns are left out unless `every`."""
    if not rows:
        err.print(f"{title}: no rows")
        return
    shown = [c for c in columns if every or any(row.get(c) not in (None, "", []) for row in rows)]
    out.print(escape(clean(title)), style="italic", soft_wrap=True)  # as a title it would be broken at a narrow table
    table = Table(header_style="bold", expand=False)
    for column in shown:
        table.add_column(clean(column.replace("_", " ")), overflow="fold")
    for row in rows:
        table.add_row(*[escape(cell(row.get(column), short=True)) for column in shown])
    out.print(table)


def print_rows(
    title: str, columns: Sequence[str], rows: Sequence[Mapping[str, Any]], as_json: bool, as_csv: bool = False, *,
    every: bool = False,
) -> None:  # fmt: skip
    """Rows in the form that a command's options ask for: JSON, CSV, or else a table."""
    if as_json:
        print_json(rows)
    elif as_csv:
        print_csv(columns, rows)
    else:
        print_table(title, columns, rows, every=every)


def brief(value: Any) -> str:
    """One value on a line of a comparison, cut at 80 characters; --json tells all."""
    text = value if isinstance(value, str) else json.dumps(value, ensure_ascii=False, default=str)
    return text if len(text) <= 80 else text[:79] + "…"


def cell(value: Any, short: bool = False) -> str:
    """One value as text on a line, with nothing in it that a terminal or a spreadsheet obeys."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, float):
        return in_full(value)
    if isinstance(value, list):
        return ("\n" if short else "; ").join(_item(item, short) for item in value)
    return clean(value)


def _item(item: Any, short: bool) -> str:
    if isinstance(item, Mapping) and "publisher" in item:
        date = f" {item['published']}" if item.get("published") else ""
        text = f"{item['publisher']}{date}" if short else f"{item['publisher']}{date} {item.get('url') or ''}".strip()
        return clean(text)
    if isinstance(item, dict) and "relation" in item:
        return clean(f"{item.get('from')} {item['relation']} {item.get('to')}")
    return clean(item)


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
