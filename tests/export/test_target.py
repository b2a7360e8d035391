"""An export appears whole or not at all, and leaves what stood there before unharmed."""

from __future__ import annotations

import errno
import os
import stat
import threading
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from chinaai.graph.errors import ExportError
from chinaai.graph.export import reading
from chinaai.graph.export.formats import FORMATS, export
from chinaai.graph.export.selection import Selection
from chinaai.graph.export.target import MANIFEST, replacing_file, replacing_folder
from chinaai.graph.store import Store
from chinaai.view.frame import save

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


@pytest.mark.slow
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


def _written(path: Path, text: str) -> None:
    with replacing_file(path) as part:
        part.write_text(text, encoding="utf-8")


def test_a_link_stays_a_link_and_its_target_is_replaced(tmp_path: Path) -> None:
    (tmp_path / "real").mkdir()
    (tmp_path / "real" / "old.gexf").write_text("old", encoding="utf-8")
    for name, target in (("latest", Path("real", "old.gexf")), ("dangling", Path("real", "new.gexf"))):
        (tmp_path / name).symlink_to(target)
        _written(tmp_path / name, "new")
        assert (tmp_path / name).is_symlink()
        assert (tmp_path / target).read_text(encoding="utf-8") == "new"
    assert sorted(path.name for path in (tmp_path / "real").iterdir()) == ["new.gexf", "old.gexf"]


def test_a_link_to_a_folder_stays_a_link(tmp_path: Path) -> None:
    for target in ("made", "new"):
        (tmp_path / "latest").symlink_to(target)
        for text in ("one", "two"):
            with replacing_folder(tmp_path / "latest") as part:
                (part / MANIFEST).write_text(text)
        assert (tmp_path / "latest").is_symlink() and (tmp_path / target / MANIFEST).read_text() == "two"
        (tmp_path / "latest").unlink()
    assert sorted(path.name for path in tmp_path.iterdir()) == ["made", "new"]
    (tmp_path / "round").symlink_to("round")
    for replacing in (replacing_folder, replacing_file):
        with pytest.raises(ExportError), replacing(tmp_path / "round"):
            pass
    assert (tmp_path / "round").is_symlink()


def test_a_pipe_stays_a_pipe_and_its_reader_gets_all(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    got: list[str] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_text(encoding="utf-8")))
    reader.start()
    _written(pipe, "through\n" * 5)
    reader.join(60)
    assert got == ["through\n" * 5] and stat.S_ISFIFO(pipe.stat().st_mode)
    assert list(tmp_path.iterdir()) == [pipe]


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root can make a device")
def test_a_device_stays_a_device(tmp_path: Path) -> None:
    device = tmp_path / "null"
    try:
        os.mknod(device, 0o666 | stat.S_IFCHR, os.makedev(1, 3))
        device.write_text("x", encoding="utf-8")
    except OSError:
        pytest.skip("no device can be made or used here")
    _written(device, "gone")
    assert stat.S_ISCHR(device.stat().st_mode)


def test_an_open_file_of_a_process_is_written_through(tmp_path: Path) -> None:
    with (tmp_path / "out").open("w+b") as file:
        _written(Path(f"/dev/fd/{file.fileno()}"), "through")
        assert (tmp_path / "out").read_text(encoding="utf-8") == "through"
        assert os.fstat(file.fileno()).st_ino == (tmp_path / "out").stat().st_ino


@pytest.mark.parametrize("name", ["知" * 80 + ".gexf", "a" * 250])
def test_a_name_may_be_as_long_as_a_name_can_be(tmp_path: Path, name: str) -> None:
    _written(tmp_path / name, "long")
    save(tmp_path / name, "page")
    assert [path.name for path in tmp_path.iterdir()] == [name]


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
