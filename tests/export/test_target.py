"""An export appears whole or not at all, and leaves what stood there before unharmed."""

from __future__ import annotations

import errno
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chinaai.graph.export import reading
from chinaai.graph.export.errors import ExportError
from chinaai.graph.export.formats import FORMATS, export
from chinaai.graph.export.selection import Selection
from chinaai.graph.export.target import MANIFEST, replacing_file, replacing_folder
from chinaai.graph.store import Store

#: Formats that hold the graph; the others follow from the declarations and read nothing.
READING = [name for name, form in FORMATS.items() if not form.declared]


@pytest.fixture
def failing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Reading fails while the second half is written."""
    real = reading.Reader.edges

    def edges(self: reading.Reader, kind: str | None = None) -> Iterator[Any]:
        yield next(real(self, kind))
        raise ExportError("the server went away")

    monkeypatch.setattr(reading.Reader, "edges", edges)


@pytest.mark.parametrize("name", READING)
def test_a_failing_export_leaves_nothing(filled: Store, tmp_path: Path, failing: None, name: str) -> None:
    with pytest.raises(ExportError, match="went away"):
        export(filled, tmp_path / "out", name)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("name", READING)
def test_a_failing_export_leaves_the_old_one_as_it_was(
    filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    export(filled, tmp_path / "out", name)
    before = _bytes(tmp_path)
    with monkeypatch.context() as patch:
        patch.setattr(reading.Reader, "edges", lambda *_: iter([1 / 0 for _ in "x"]))
        with pytest.raises(ZeroDivisionError):
            export(filled, tmp_path / "out", name)
    assert _bytes(tmp_path) == before
    export(filled, tmp_path / "out", name, Selection(licence="open"))
    assert _bytes(tmp_path) != before
    assert len(list(tmp_path.iterdir())) == 1


def test_a_full_disk_is_told_in_words(tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=r"can't be written: No space left"), replacing_file(tmp_path / "a") as part:
        part.write_text("half")
        raise OSError(errno.ENOSPC, "No space left on device")
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("place", ["missing/out", "file/out", "folder"])
def test_a_place_that_can_not_be_written_is_told(tmp_path: Path, place: str) -> None:
    (tmp_path / "file").write_text("mine")
    (tmp_path / "folder").mkdir()
    with pytest.raises(ExportError), replacing_file(tmp_path / place):
        pass
    assert {p.name for p in tmp_path.iterdir()} == {"file", "folder"}


def test_a_folder_of_somebody_else_is_never_replaced(filled: Store, tmp_path: Path) -> None:
    (tmp_path / "mine").mkdir()
    (tmp_path / "mine" / "letter.txt").write_text("dear")
    for name in ("neo4j-csv", "parquet"):
        with pytest.raises(ExportError, match="something else stands"):
            export(filled, tmp_path / "mine", name)
    assert [p.name for p in (tmp_path / "mine").iterdir()] == ["letter.txt"]


def test_an_earlier_export_and_an_empty_folder_are_replaced(tmp_path: Path) -> None:
    target = tmp_path / "out"
    target.mkdir()
    for text in ("one", "two"):
        with replacing_folder(target) as part:
            (part / MANIFEST).write_text(text)
    assert (target / MANIFEST).read_text() == "two"
    assert list(tmp_path.iterdir()) == [target]


def test_an_unknown_format_lists_the_known(filled: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match=f"known: {', '.join(FORMATS)}"):
        export(filled, tmp_path / "out", "xls")


def test_a_change_while_reading_is_told(filled: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    counts = reading._counts(filled)
    counts[0]["Company"] += 1
    monkeypatch.setattr(reading, "_counts", lambda _: counts)
    with pytest.raises(ExportError, match="changed while it was read: 9 Company were counted, 8 were read"):
        export(filled, tmp_path / "out", "jsonl")
    assert list(tmp_path.iterdir()) == []


def _bytes(path: Path) -> dict[str, bytes]:
    return {str(p.relative_to(path)): p.read_bytes() for p in path.rglob("*") if p.is_file()}
