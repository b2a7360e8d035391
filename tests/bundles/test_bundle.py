"""An answer kept as one file: what stands in it, that no byte changes unseen, and how it differs when asked again."""

from __future__ import annotations

import contextlib
import json
import random
import shutil
import zipfile
from datetime import date
from pathlib import Path

import pytest
from chinaai import KnowledgeGraph
from chinaai.bundles import read_bundle
from chinaai.bundles.archive import BundleError, packed, unpacked
from chinaai.bundles.verify import verify
from chinaai.graph.store import Store
from chinaai.loaders.build import build_folder
from faults.running import chinaai

SMALL = Path(__file__).parents[1] / "data" / "small"
TODAY = date(2026, 11, 24)


@pytest.fixture
def seeds(tmp_path: Path) -> Path:
    return Path(shutil.copytree(SMALL, tmp_path / "seeds"))


@pytest.fixture
def kg(store: Store, seeds: Path) -> KnowledgeGraph:
    build_folder(store, seeds, today=TODAY)
    return KnowledgeGraph(store)


def edit(folder: Path, old: str, new: str) -> None:
    text = (folder / "all.yaml").read_text(encoding="utf-8")
    assert old in text
    (folder / "all.yaml").write_text(text.replace(old, new), encoding="utf-8")


def test_a_bundle_holds_rows_facts_and_every_source(kg: KnowledgeGraph, tmp_path: Path) -> None:
    target = tmp_path / "答案.zip"
    made = kg.bundle(target, "partnerships", company="阿尔法公司", as_of="2026-11-24")
    assert (made.rows, made.facts, made.sources) == (1, 3, 2)
    held = read_bundle(target)
    assert held.wrong == [] and held.seal == made.seal
    assert held.question.parameters == {"company": "阿尔法公司", "as_of": "2026-11-24"}
    assert held.rows == kg.run("partnerships", company="alpha", as_of="2026-11-24").to_dicts()
    assert {(fact["type"], fact["id"]) for fact in held.facts} == {
        ("PARTNERS_WITH", "alpha-beta"), ("Company", "alpha"), ("Company", "beta"),
    }  # fmt: skip
    assert [source["id"] for source in held.sources] == ["copy-2025", "wire-2025"]
    assert json.loads(zipfile.ZipFile(target).read("graph.json"))["digest"] == kg.status().digest


def test_a_question_without_a_day_is_kept_with_the_day_on_which_it_was_asked(
    kg: KnowledgeGraph, tmp_path: Path
) -> None:
    target = tmp_path / "answer.zip"
    kg.bundle(target, "partnerships", company="Alpha")
    asked = read_bundle(target).question
    assert asked.parameters == {"company": "Alpha", "as_of": kg.day(None).isoformat()} and asked.as_of == str(
        kg.day(None)
    )


def test_the_same_question_later(kg: KnowledgeGraph, store: Store, seeds: Path, tmp_path: Path) -> None:
    target = tmp_path / "answer.zip"
    kg.bundle(target, "partnerships", company="Alpha", as_of="2026-11-24")
    found = kg.verify(target)
    assert (found.untouched, found.same, found.differences) == (True, True, [])
    edit(seeds, "  status: confirmed\n  announced: 2025-02-13", "  status: reported\n  announced: 2025-02-14")
    build_folder(store, seeds, today=TODAY)
    found = kg.verify(target)
    assert (found.untouched, found.same, found.rows_then, found.rows_now) == (True, False, 1, 1)
    told = {one.id: one for one in found.differences}
    assert set(told) == {"alpha-beta"} and told["alpha-beta"].what == "mended"
    assert told["alpha-beta"].fields["status"] == ("confirmed", "reported")
    assert told["alpha-beta"].fields["announced"] == ("2025-02-13", "2025-02-14")


def test_what_is_new_in_an_answer(kg: KnowledgeGraph, store: Store, seeds: Path, tmp_path: Path) -> None:
    target = tmp_path / "answer.zip"
    kg.bundle(target, "models", developer="Beta Robotics", as_of="2026-11-24")
    edit(seeds, "- {id: beta-1, type: Model, name: Beta-1}", "- {id: beta-1, type: Model, name: Beta-1}\n"
         "- {id: beta-2, type: Model, name: Beta-2}")  # fmt: skip
    edit(seeds, "- id: beta-made-beta-1", "- id: beta-made-beta-2\n  subject: beta\n  predicate: DEVELOPED\n"
         "  object: beta-2\n  status: confirmed\n  sources: [firm-page]\n- id: beta-made-beta-1")  # fmt: skip
    build_folder(store, seeds, today=TODAY)
    found = kg.verify(target)
    assert (found.same, found.rows_then, found.rows_now) == (False, 1, 2)
    assert {(one.what, one.id) for one in found.differences} == {("added", "beta-2"), ("added", "beta-made-beta-2")}


def test_what_was_withdrawn_and_a_source_that_was_taken_off(
    kg: KnowledgeGraph, store: Store, seeds: Path, tmp_path: Path
) -> None:
    target, other = tmp_path / "answer.zip", tmp_path / "other.zip"
    kg.bundle(target, "models", developer="Beta Robotics", as_of="2026-11-24")
    kg.bundle(other, "partnerships", company="Alpha", as_of="2026-11-24")
    text = (seeds / "all.yaml").read_text(encoding="utf-8")
    made = text.index("- id: beta-made-beta-1")
    text = text[:made] + text[text.index("- id: alpha-share") :]
    (seeds / "all.yaml").write_text(text.replace("[wire-2025, copy-2025]", "[wire-2025]"), encoding="utf-8")
    build_folder(store, seeds, today=TODAY, allow_removals=True)
    found = kg.verify(target)
    assert (found.rows_then, found.rows_now) == (1, 0)
    assert ("withdrawn", "beta-made-beta-1") in {(one.what, one.id) for one in found.differences}
    [one] = kg.verify(other).differences
    assert (one.what, one.id, one.fields["sources"]) == (
        "mended", "alpha-beta", (["wire-2025", "copy-2025"], ["wire-2025"])
    )  # fmt: skip


def test_market_entry_is_kept_and_asked_again(embedded_shipped: Store, tmp_path: Path) -> None:
    kg = KnowledgeGraph(embedded_shipped)
    made = kg.bundle(tmp_path / "p.zip", "paths", company="Samsung", service="phone-assistant", facts={"paid": "no"})
    assert made.rows == 1 and made.facts > 50 and made.sources > 20
    found = kg.verify(tmp_path / "p.zip")
    assert (found.untouched, found.same, found.differences) == (True, True, [])


def test_a_thousand_changed_bytes_are_all_found(kg: KnowledgeGraph, tmp_path: Path) -> None:
    target = tmp_path / "answer.zip"
    kg.bundle(target, "partnerships", company="Alpha", as_of="2026-11-24")
    whole, chance = target.read_bytes(), random.Random(20261128)
    changed = tmp_path / "changed.zip"
    for _ in range(1000):
        place, by = chance.randrange(len(whole)), chance.randrange(1, 256)
        changed.write_bytes(whole[:place] + bytes([whole[place] ^ by]) + whole[place + 1 :])
        with contextlib.suppress(BundleError):
            assert not verify(changed).untouched, (place, by)
    assert verify(target).untouched


def test_what_was_touched_is_named(kg: KnowledgeGraph, tmp_path: Path) -> None:
    target = tmp_path / "answer.zip"
    kg.bundle(target, "partnerships", company="Alpha", as_of="2026-11-24")
    files, _ = unpacked(target)
    with zipfile.ZipFile(target) as archive:
        said = archive.read("manifest-sha256.txt")
    whole = {**files, "manifest-sha256.txt": said, "rows.json": files["rows.json"].replace(b"confirmed", b"announced")}
    with zipfile.ZipFile(target, "w") as archive:
        for name, data in whole.items():
            archive.writestr(name, data)
        archive.writestr("extra.txt", "x")
    assert verify(target).wrong == ["extra.txt is not in the manifest", "rows.json was changed"]
    for data in (packed(files)[:-1], b"", b"PK nothing"):
        target.write_bytes(data)
        with pytest.raises(BundleError):
            verify(target)
    with pytest.raises(BundleError, match="there is no such file"):
        verify(tmp_path / "no.zip")
    with pytest.raises(BundleError, match="a bundle is a file, and this is a folder"):
        verify(tmp_path)


def test_an_independent_reader_opens_it(kg: KnowledgeGraph, tmp_path: Path) -> None:
    from rocrate.rocrate import ROCrate

    target = tmp_path / "answer.zip"
    kg.bundle(target, "partnerships", company="Alpha", as_of="2026-11-24")
    crate = ROCrate(target)
    assert crate.root_dataset["name"] == "Partnerships of a company (as of 2026-11-24)"
    assert {part["@id"] for part in crate.root_dataset["hasPart"]} == {
        "question.json", "rows.json", "rows.csv", "facts.jsonl", "sources.jsonl", "graph.json", "prov.jsonld",
        "README.md",
    }  # fmt: skip
    action = crate.get("#asking")
    assert action["instrument"]["softwareVersion"]
    assert {one["@id"] for one in action["result"]} == {"rows.json", "rows.csv"}


def test_the_command_tells_by_its_exit_status(embedded_shipped: Store, tmp_path: Path) -> None:
    home, kept = {"CHINAAI_HOME": str(Path(embedded_shipped.endpoint.where).parent)}, str(tmp_path / "a.zip")
    done = chinaai("ask", "partnerships", "--company", "苹果", "--bundle", kept, **home)
    assert done.returncode == 0 and "seal " in done.stderr
    done = chinaai("verify", kept, **home)
    assert done.returncode == 0 and "untouched" in done.stdout and "the same" in done.stdout
    whole = (tmp_path / "a.zip").read_bytes()
    (tmp_path / "a.zip").write_bytes(whole.replace(b"confirmed", b"CONFIRMED", 1))
    done = chinaai("verify", kept, "--offline", **home)
    assert done.returncode == 1 and "TOUCHED" in done.stdout
    done = chinaai("verify", kept[:-1], **home)
    assert (done.returncode, done.stdout) == (1, "") and "there is no such file" in done.stderr
