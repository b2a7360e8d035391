"""Two versions of the facts side by side: what was added, withdrawn, closed, reopened, mended."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path

import pytest
from chinaai import ChinaAIError, KnowledgeGraph
from chinaai.graph.store import Store
from chinaai.loaders.base import SEEDS
from chinaai.loaders.build import build_folder
from chinaai.versions import differences, version_of
from faults.running import chinaai

SMALL = Path(__file__).parents[1] / "data" / "small"
TODAY = date(2026, 11, 24)
#: What the edits below change, worked out by hand.
WANTED = {
    ("closed", "facts", "alpha-beta", ("status", "valid_to")),
    ("reopened", "facts", "alpha-gamma-talks", ("status", "valid_to")),
    ("withdrawn", "facts", "beta-made-beta-1", ()), ("mended", "facts", "alpha-share", ("value",)),
    ("added", "entities", "delta", ()), ("mended", "sources", "firm-page", ("published",)),
}  # fmt: skip


@pytest.fixture
def folders(tmp_path: Path) -> tuple[Path, Path]:
    old = Path(shutil.copytree(SMALL, tmp_path / "old"))
    new = Path(shutil.copytree(SMALL, tmp_path / "new"))
    text = (new / "all.yaml").read_text(encoding="utf-8")
    made = text.index("- id: beta-made-beta-1")
    text = text[:made] + text[text.index("- id: alpha-share") :]
    for before, after in (
        ("  status: confirmed\n  announced: 2025-02-13",
         "  status: ended\n  valid_to: 2026-01\n  announced: 2025-02-13"),
        ("  status: ended\n  announced: 2024-12\n  valid_to: 2025-02", "  status: reported\n  announced: 2024-12"),
        ("value: 15.5", "value: 15"), ("published: 2024-06-30", "published: 2024-07-01"),
        ("entities:\n", "entities:\n- {id: delta, type: Company, name: Delta}\n"),
    ):  # fmt: skip
        assert before in text
        text = text.replace(before, after, 1)
    (new / "all.yaml").write_text(text, encoding="utf-8")
    return old, new


def never() -> Store:
    raise AssertionError("no graph is asked for")


def test_two_folders_of_seeds(folders: tuple[Path, Path]) -> None:
    old, new = (version_of(str(folder), never) for folder in folders)
    found = {(change.what, change.type, change.id, tuple(change.fields)) for change in differences(old, new)}
    assert found == WANTED
    mended = {change.id: change.fields for change in differences(old, new)}
    assert mended["alpha-share"]["value"] == ("15.5", "15")
    assert mended["alpha-beta"]["valid_to"] == (None, "2026-01")
    assert list(differences(old, old)) == []


def test_the_other_way_round(folders: tuple[Path, Path]) -> None:
    turned = {"added": "withdrawn", "withdrawn": "added", "closed": "reopened", "reopened": "closed"}
    new, old = (version_of(str(folder), never) for folder in folders)
    found = {(change.what, change.type, change.id) for change in differences(old, new)}
    assert found == {(turned.get(what, what), kind, key) for what, kind, key, _ in WANTED}


def test_a_fact_that_was_closed_before_is_mended(folders: tuple[Path, Path]) -> None:
    old, other = folders
    text = (old / "all.yaml").read_text(encoding="utf-8")
    assert "  valid_to: 2025-02\n" in text
    (other / "all.yaml").write_text(text.replace("valid_to: 2025-02\n", "valid_to: 2025-03\n"), encoding="utf-8")
    [change] = differences(version_of(str(old), never), version_of(str(other), never))
    assert (change.what, change.id, change.fields) == (
        "mended", "alpha-gamma-talks", {"valid_to": ("2025-02", "2025-03")},
    )  # fmt: skip


def test_a_status_that_becomes_ended_closes_a_fact(folders: tuple[Path, Path]) -> None:
    """Without a day of its end."""
    old, other = folders
    text = (old / "all.yaml").read_text(encoding="utf-8")
    confirmed = "  status: confirmed\n  announced: 2025-02-13"
    assert confirmed in text
    ended = text.replace(confirmed, "  status: ended\n  announced: 2025-02-13")
    (other / "all.yaml").write_text(ended, encoding="utf-8")
    one, two = (version_of(str(folder), never) for folder in folders)
    assert [(c.what, c.id, set(c.fields)) for c in differences(one, two)] == [("closed", "alpha-beta", {"status"})]
    assert [(c.what, c.id) for c in differences(two, one)] == [("reopened", "alpha-beta")]


def test_of_two_lines_about_one_name_each_counts(folders: tuple[Path, Path]) -> None:
    old, new = folders
    shutil.copy(old / "all.yaml", new / "all.yaml")
    lines = ["lines:", "- {printed: Alpha, is: alpha}", "- {printed: Alpha, is: beta}", ""]
    (old / "lines.yaml").write_text("\n".join(lines), encoding="utf-8")
    (new / "lines.yaml").write_text("\n".join([*lines[:2], ""]), encoding="utf-8")
    [change] = differences(version_of(str(old), never), version_of(str(new), never))
    assert (change.what, change.type, change.id) == ("withdrawn", "lines", "Alpha#2")


def test_seeds_against_the_graph_and_its_export(store: Store, folders: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = folders
    build_folder(store, old, today=TODAY)
    KnowledgeGraph(store).export(tmp_path / "old.jsonl", "jsonl")
    graph, export = version_of("graph", lambda: store), version_of(str(tmp_path / "old.jsonl"), never)
    assert list(differences(version_of(str(old), never), graph)) == []
    assert list(differences(graph, export)) == list(differences(export, graph)) == []
    found = {(change.what, change.id) for change in differences(export, version_of(str(new), never))}
    assert {("closed", "alpha-beta"), ("reopened", "alpha-gamma-talks"), ("mended", "alpha-share")} <= found
    assert {("withdrawn", "beta-made-beta-1"), ("added", "delta"), ("mended", "firm-page")} <= found


def test_what_a_load_closed_stands_in_no_version(store: Store, folders: tuple[Path, Path], tmp_path: Path) -> None:
    """A graph keeps a withdrawn fact as closed, and so does its export; the seeds have it no more."""
    old, new = folders
    build_folder(store, old, today=TODAY)
    build_folder(store, new, today=TODAY, allow_removals=True)
    closed = "MATCH (a:ChinaAI)-[r]->(b:ChinaAI) WHERE r.retired IS NOT NULL RETURN r.fact_id AS id"
    assert {"id": "beta-made-beta-1"} in store.read(closed)
    KnowledgeGraph(store).export(tmp_path / "new.jsonl", "jsonl")
    sides = [version_of("graph", lambda: store), version_of(str(tmp_path / "new.jsonl"), never)]
    sides.append(version_of(str(new), never))
    assert [list(differences(one, other)) for one in sides for other in sides] == [[]] * 9


def test_the_shipped_seeds_are_what_stands(embedded_shipped: Store) -> None:
    found = differences(version_of(str(SEEDS), never), version_of("graph", lambda: embedded_shipped))
    assert [(change.what, change.id) for change in found] == []


def test_a_whole_number_is_one_however_it_is_written(tmp_path: Path) -> None:
    """JSON of another program writes 40 where ours writes 40.0; 40.5 is another number."""
    files = []
    for number in ("40", "40.0", "40.5"):
        line = {"type": "node", "id": "f", "labels": ["ChinaAI", "Observation"], "properties": {"value": 0}}
        files.append(tmp_path / f"{number}.jsonl")
        files[-1].write_text(json.dumps(line).replace('"value": 0', f'"value": {number}') + "\n", encoding="utf-8")
    one, same, other = (version_of(str(file), never) for file in files)
    assert list(differences(one, same)) == []
    assert [change.fields for change in differences(one, other)] == [{"value": (40, 40.5)}]


def test_an_empty_word_names_no_version(embedded_store: Store) -> None:
    with pytest.raises(ChinaAIError, match=r"there is no such version \(an empty text\); give 'graph', a folder"):
        version_of("", lambda: embedded_store)
    done = chinaai("diff", "", "graph")
    assert (done.returncode, done.stdout) == (2, "") and "it is empty; give a value" in done.stderr


def test_the_command(folders: tuple[Path, Path], tmp_path: Path) -> None:
    old, new = map(str, folders)
    done = chinaai("diff", old, old)
    assert (done.returncode, done.stdout) == (0, "0 differences\n")
    done = chinaai("diff", old, new, "--json")
    assert done.returncode == 3
    assert {(c["what"], c["type"], c["id"], tuple(c["fields"])) for c in json.loads(done.stdout)} == WANTED
    done = chinaai("diff", old, new)
    assert "      value: 15.5 -> 15" in done.stdout
    assert done.stdout.endswith("1 added, 1 closed, 2 mended, 1 reopened, 1 withdrawn\n")
    assert "- closed `alpha-beta`" in chinaai("diff", old, new, "--md").stdout
    assert json.loads(chinaai("diff", old, old, "--json").stdout) == []
    (tmp_path / "odd.jsonl").write_text("no json\n", encoding="utf-8")
    (tmp_path / "empty").mkdir()
    (tmp_path / "bytes.jsonl").write_bytes(b"\xe3\x28\n")
    (tmp_path / "nothing.jsonl").touch()
    for word, told in (
        ("odd.jsonl", "line 1 is no element"), ("bytes.jsonl", "line 1 is no element"), ("empty", "no seeds"),
        ("nothing.jsonl", "the file is empty"), ("none", "no such version"),
    ):  # fmt: skip
        done = chinaai("diff", old, str(tmp_path / word))
        assert (done.returncode, done.stdout) == (1, "") and told in done.stderr
