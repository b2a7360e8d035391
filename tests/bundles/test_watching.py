"""The same question again and again: what is new since the last time, and an exit status that cron understands."""

from __future__ import annotations

import json
import shutil
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from chinaai import KnowledgeGraph
from chinaai.bundles.watching import WatchError, Watches
from chinaai.graph.store import Store
from chinaai.loaders.build import build_folder
from faults.running import chinaai

SMALL = Path(__file__).parents[1] / "data" / "small"
TODAY = date(2026, 11, 24)


def test_new_gone_and_changed_rows(store: Store, tmp_path: Path) -> None:
    seeds = Path(shutil.copytree(SMALL, tmp_path / "seeds"))
    build_folder(store, seeds, today=TODAY)
    kg, watches = KnowledgeGraph(store), Watches(tmp_path / "home")
    assert watches.add(kg, "阿尔法", "partnerships", {"company": "阿尔法公司"}) == 1
    assert [bool(news) for news in watches.run(kg)] == [False]
    text = (seeds / "all.yaml").read_text(encoding="utf-8")
    text = text.replace("  status: confirmed\n  announced: 2025-02-13", "  status: reported\n  announced: 2025-02-13")
    text = text.replace("- id: beta-made-beta-1", "- id: alpha-gamma\n  subject: alpha\n  predicate: PARTNERS_WITH\n"
                        "  object: gamma\n  status: announced\n  announced: 2026-03\n  sources: [wire-2025]\n"
                        "- id: beta-made-beta-1")  # fmt: skip
    (seeds / "all.yaml").write_text(text, encoding="utf-8")
    build_folder(store, seeds, today=TODAY)
    [news] = watches.run(kg, keep=False)
    assert [row["fact_id"] for row in news.new] == ["alpha-gamma"] and news.gone == []
    assert [(then["status"], now["status"]) for then, now in news.changed] == [("confirmed", "reported")]
    [again] = watches.run(kg)
    assert again.new == news.new
    assert not any(watches.run(kg))


def test_two_rows_of_one_fact_are_two(tmp_path: Path) -> None:
    """A step with two ways cites one fact twice; neither row stands for the other."""
    shown = [{"fact_id": "a", "way": "first"}, {"fact_id": "a", "way": "second"}]

    class Asked:
        def to_dicts(self) -> list[dict[str, str]]:
            return shown

    class Graph:
        def run(self, question: str, **parameters: str) -> Asked:
            return Asked()

    kg, watches = Graph(), Watches(tmp_path)
    assert watches.add(kg, "ways", "options", {}) == 2  # type: ignore[arg-type]
    shown[0] = {"fact_id": "a", "way": "third"}
    [news] = watches.run(kg)  # type: ignore[arg-type]
    assert [row["way"] for row in news.new] == ["third"] and [row["way"] for row in news.gone] == ["first"]


def test_a_watch_that_is_removed_while_it_runs_stays_removed(tmp_path: Path) -> None:
    watches = Watches(tmp_path)

    class Graph:
        def run(self, question: str, **parameters: str) -> Any:
            if watches.listed():
                watches.remove("w")
            return self

        def to_dicts(self) -> list[dict[str, str]]:
            return []

    watches.add(Graph(), "w", "q", {})  # type: ignore[arg-type]
    watches.run(Graph())  # type: ignore[arg-type]
    assert watches.listed() == {}


def test_the_command_and_its_exit_status(embedded_shipped: Store) -> None:
    home = {"CHINAAI_HOME": str(Path(embedded_shipped.endpoint.where).parent)}
    kept = Path(home["CHINAAI_HOME"]) / "watches.json"
    try:
        done = chinaai("watch", "add", "apple", "partnerships", "--company", "苹果", "--as-of=2026-11-24", **home)
        assert (done.returncode, done.stdout) == (0, "apple: partnerships, 2 rows now\n")
        done = chinaai("watch", "run", **home)
        assert done.returncode == 0 and done.stdout.startswith("apple: nothing new since ")
        held = json.loads(kept.read_text(encoding="utf-8"))
        lost = held["apple"]["rows"].pop()
        kept.write_text(json.dumps(held), encoding="utf-8")
        done = chinaai("watch", "run", "--json", **home)
        assert done.returncode == 3 and [row["fact_id"] for row in json.loads(done.stdout)[0]["new"]] == [
            lost["fact_id"]
        ]
        assert json.loads(chinaai("watch", "list", "--json", **home).stdout)[0]["parameters"].startswith("company=苹果")
        for words, told in (
            (["add", "apple", "partnerships", "--company", "Apple"], "there is a watch 'apple' already"),
            (["add", "b", "partnerships", "--compny", "Apple"], "'--compny' is no option of 'partnerships'"),
            (["add", "b", "partnerships", "--company"], "'--company' has no value"),
            (["add", "b", "no-question"], "no-question"), (["run", "nope"], "there is no watch 'nope'"),
            (["remove", "nope"], "known: apple"),
        ):  # fmt: skip
            done = chinaai("watch", *words, **home)
            assert (done.returncode, done.stdout) == (1, "") and told in done.stderr, words
        assert chinaai("watch", "remove", "apple", **home).returncode == 0
        assert chinaai("watch", "run", **home).returncode == 0
    finally:
        kept.unlink(missing_ok=True)


def test_a_watch_has_a_name(embedded_shipped: Store, tmp_path: Path) -> None:
    with pytest.raises(WatchError, match="the name of the watch is empty; give it one, as apple"):
        Watches(tmp_path).add(KnowledgeGraph(embedded_shipped), "", "partnerships", {"company": "Apple"})
    assert not (tmp_path / "watches.json").exists()


def test_a_damaged_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "watches.json").write_text("[1]", encoding="utf-8")
    with pytest.raises(WatchError, match="can't be read"):
        Watches(tmp_path).listed()
