"""The joins that stand, and the sample of them that anybody can draw."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest
from chinaai.loaders.base import SEEDS
from chinaai.loaders.build import Shipped
from chinaai.loaders.cac.lookups import read_lookups
from chinaai.loaders.identity import Identity
from chinaai.loaders.joins import digest, joins, sample_joins
from faults.running import chinaai


def test_every_kind_is_listed_as_often_as_its_loader_says(shipped: Shipped) -> None:
    found = joins(shipped)
    remarks = {name: loaded.remarks for name, loaded in shipped.loaded}
    kinds = {kind: [one for one in found if one.kind == kind] for kind in ("legal entity", "list member", "model")}
    assert remarks["cac"][-1].endswith(f"{len(kinds['legal entity'])} of 1576 legal entities have a known owner")
    assert {one.joined for one in kinds["list member"]} >= {"smic", "huawei", "dji", "byd"}
    # Curated models, and those that both data sets hold; one model is of both sorts.
    assert remarks["open"][-1].startswith("268 models (57 are curated ones, 6 stand in both data sets)")
    assert 57 <= len(kinds["model"]) <= 63
    assert not [one for one in found if one.printed.startswith("成都分享")]


def test_the_seed_comes_from_the_joins_and_changes_with_any_of_them(shipped: Shipped) -> None:
    found = joins(shipped)
    seed, drawn = sample_joins(found, 60)
    assert (seed, drawn) == (digest(found), sample_joins(list(reversed(found)), 60)[1])
    assert [sum(one.kind == kind for one in drawn) for kind in ("legal entity", "list member", "model")] == [30, 15, 15]
    assert len(set(drawn)) == 60
    other = [*found[:-1], replace(found[-1], joined="another")]
    assert digest(other) != seed
    assert sample_joins(found, 60, seed=1)[1] != drawn


@pytest.mark.slow
def test_a_sample_is_printed_with_what_each_join_rests_on(tmp_path: Path) -> None:
    done = chinaai("audit", "--joins", "--sample", "4", "--json", CHINAAI_HOME=str(tmp_path))
    rows = json.loads(done.stdout)
    assert done.returncode == 0 and len(rows) == 4
    assert all(row["printed"] and row["joined"] and row["name"] and row["basis"] for row in rows)


def test_no_list_makes_again_a_company_that_only_the_file_of_owners_holds(shipped: Shipped) -> None:
    owners = Identity(item for item, _ in read_lookups(SEEDS / "registers").things.values())
    (batch,) = [loaded.batch for name, loaded in shipped.loaded if name == "lists"]
    made = [str(node.props["name"]) for node in batch.nodes if node.label == "LegalEntity"]
    assert [name for name in made if owners.find(name, "Company")] == []
    stands = {edge.start[1] for edge in batch.edges if edge.type == "NAMED_IN" and edge.end[1] == "list-1260h"}
    assert "boe" in stands
