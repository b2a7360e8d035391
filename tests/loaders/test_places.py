"""One hierarchy of places: what leads to which, and what is told where something leads nowhere."""

from __future__ import annotations

import csv
import shutil
from collections import defaultdict
from datetime import date
from pathlib import Path

import pytest
import yaml
from chinaai.graph.model.actors import Company, Fund
from chinaai.loaders.build import Shipped
from chinaai.loaders.curated import Seeds, check_seeds, curated_batch, read_seeds
from chinaai.loaders.curated.places import seats
from chinaai.loaders.entry import load_entry
from chinaai.loaders.identity import Identity

SEEDS = Path(__file__).resolve().parents[2] / "seeds"
DAY = date(2026, 11, 24)
#: Countries whose places stand here down to the city, so that a seat there that leads nowhere is work for a curator.
WHOLE = frozenset({"CN", "HK", "MO"})
HEAD = """entities:
- {id: land, type: Jurisdiction, name: Land, name_zh: 大国, country: CN}
- {id: north, type: Jurisdiction, name: North, name_zh: 北省, country: CN, part_of: [land]}
- {id: port, type: Jurisdiction, name: Port, name_zh: 港市, country: CN, part_of: [north]}
"""


def unplaced(seeds: Seeds) -> list[str]:
    """Companies of the mainland, Hong Kong and Macao whose seat is written and leads to no place, as `id: text`."""
    identity = seeds.identity()
    firms = [placed.item for placed in seeds.entities if isinstance(placed.item, (Company, Fund))]
    return sorted(
        f"{item.id}: {item.hq}"
        for item in firms
        if item.hq and item.country in WHOLE and not seats(item, identity)
    )  # fmt: skip


def written(folder: Path, more: str, head: str = HEAD) -> Path:
    (folder / "facts.yaml").write_text(head + more, encoding="utf-8")
    (folder / "about.yaml").write_text("reviewed: 2026-11-24\nlicence: CC-BY-4.0\n", encoding="utf-8")
    return folder


def edges(folder: Path, more: str) -> set[tuple[str, str, str]]:
    seeds = read_seeds(written(folder, more))
    assert check_seeds(seeds) == []
    return {(edge.start[1], edge.type, edge.end[1]) for edge in curated_batch(seeds).edges}


def test_a_seat_leads_to_the_place_it_names_in_either_language(tmp_path: Path) -> None:
    firms = (
        "- {id: a, type: Company, name: Ann, country: CN, hq: Port}\n"
        "- {id: b, type: Fund, name: Bea, country: CN, hq: 北省}\n"
        "- {id: c, type: Company, name: Cay, country: CN, hq: Port City / North}\n"
    )
    assert edges(tmp_path, firms) == {
        ("north", "PART_OF", "land"), ("port", "PART_OF", "north"), ("a", "IN_JURISDICTION", "port"),
        ("b", "IN_JURISDICTION", "north"), ("c", "IN_JURISDICTION", "port"), ("c", "IN_JURISDICTION", "north"),
    }  # fmt: skip


@pytest.mark.parametrize("hq", ["Portsmouth", "Port / Portsmouth", "near Port", "Port, North", "Por"])
def test_a_seat_that_names_no_place_stays_text_and_is_told(tmp_path: Path, hq: str) -> None:
    firms = f"- {{id: a, type: Company, name: Ann of Port, country: CN, hq: '{hq}'}}\n"
    assert {kind for _, kind, _ in edges(tmp_path, firms)} == {"PART_OF"}
    assert unplaced(read_seeds(tmp_path)) == [f"a: {hq}"]


def test_a_larger_place_must_stand_and_none_lies_in_itself(tmp_path: Path) -> None:
    more = "- {id: west, type: Jurisdiction, name: West, part_of: [lond]}\n"
    found = check_seeds(read_seeds(written(tmp_path, more)))
    assert [(p.code, p.line) for p in found] == [("UNKNOWN-PLACE", 5)] and "'lond'" in found[0].message
    ring = HEAD.replace("name_zh: 大国, country: CN", "name_zh: 大国, country: CN, part_of: [port]")
    found = check_seeds(read_seeds(written(tmp_path, "", ring)))
    assert {p.code for p in found} == {"CYCLE"} and {p.line for p in found} == {2, 3, 4}


def test_a_company_is_no_larger_place(tmp_path: Path) -> None:
    more = "- {id: a, type: Company, name: Ann}\n- {id: west, type: Jurisdiction, name: West, part_of: [a]}\n"
    assert [p.code for p in check_seeds(read_seeds(written(tmp_path, more)))] == ["UNKNOWN-PLACE"]


@pytest.mark.parametrize(
    ("file", "old", "new", "says"),
    [
        ("offices.yaml", "province: shanghai", "province: shanghaii", "'shanghaii'"),
        ("instruments.yaml", "places: [cn-bj]", "places: [cn-beijing]", "'cn-beijing'"),
        ("facts.yaml", "places: [cn-tj]", "places: [cn-tianjin]", "'cn-tianjin'"),
    ],
)
def test_a_place_of_market_entry_that_does_not_stand_is_told(
    tmp_path: Path, shipped: Shipped, file: str, old: str, new: str, says: str
) -> None:
    folder = Path(shutil.copytree(SEEDS / "entry", tmp_path / "entry"))
    text = (folder / file).read_text("utf-8")
    (folder / file).write_text(text.replace(old, new, 1), encoding="utf-8")
    found = load_entry(folder, shipped.seeds.identity(), reviewed=DAY, today=DAY).problems
    assert [p.code for p in found] == ["UNKNOWN-PLACE"]
    assert says in found[0].message and found[0].line == text[: text.index(old)].count("\n") + 1


def test_every_seat_in_the_mainland_hong_kong_and_macao_leads_to_a_place(shipped: Shipped) -> None:
    assert unplaced(shipped.seeds) == []
    held = {placed.item.id: placed.item for placed in shipped.seeds.entities}
    identity = shipped.seeds.identity()
    assert seats(held["sensetime"], identity) == ["hong-kong", "cn-sh"]
    assert seats(held["apple"], identity) == []
    registers = yaml.safe_load((SEEDS / "registers" / "owners-companies.yaml").read_text("utf-8"))["entities"]
    assert not [one["id"] for one in registers if one.get("hq")]  # these do not pass through the curated reader


def test_each_place_of_china_leads_up_to_it(shipped: Shipped) -> None:
    (made,) = [loaded.batch for name, loaded in shipped.loaded if name == "seeds"]
    above: dict[str, set[str]] = defaultdict(set)
    for edge in made.edges:
        if edge.type == "PART_OF" and edge.start[0] == "Jurisdiction":
            above[edge.start[1]].add(edge.end[1])
    provinces = {one for one, larger in above.items() if larger == {"china"} and one != "cn-sasac"}
    assert len(provinces) == 31  # 22 provinces without Taiwan, 5 autonomous regions, 4 municipalities
    assert above["hong-kong"] >= {"china"} and above["macao"] >= {"china"}
    assert all(above[one] & (provinces | {"china"}) for one in above)
    assert sum("greater-bay-area" in larger for larger in above.values()) == 11  # two regions and nine cities


def test_a_legal_entity_stands_where_each_of_its_filings_went(shipped: Shipped) -> None:
    """The same counted straight from the rows: filers by printed province, and two that filed through two offices."""
    (made,) = [loaded.batch for name, loaded in shipped.loaded if name == "cac"]
    found: dict[str, set[str]] = defaultdict(set)
    filed: dict[str, str] = {}
    place: dict[str, str] = {}
    for edge in made.edges:
        if edge.type == "IN_JURISDICTION" and edge.start[0] == "LegalEntity":
            found[edge.start[1]].add(edge.end[1])
        elif edge.type == "IN_JURISDICTION":
            place[edge.start[1]] = edge.end[1]
        elif edge.type == "FILED_BY":
            filed[edge.start[1]] = edge.end[1]
    wanted: dict[str, set[str]] = defaultdict(set)
    for filing, entity in filed.items():
        wanted[entity].add(place[filing])
    assert found == wanted
    names = {node.id: node.props["name"] for node in made.nodes if node.label == "LegalEntity"}
    several = {names[one] for one, places in found.items() if len(places) > 1}
    assert several == {"中国民航信息网络股份有限公司", "中国铁塔股份有限公司"}
    with (SEEDS / "registers" / "cac-genai-filings.tsv").open(encoding="utf-8", newline="") as file:
        rows = [r for r in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE) if r["seq"] != "序号"]
    assert sum(r["province"] == "上海市" for r in rows) == sum(one == "cn-sh" for one in place.values())


def test_no_place_is_made_beside_the_curated_ones(shipped: Shipped) -> None:
    made = {name: [n.id for n in loaded.batch.nodes if n.label == "Jurisdiction"] for name, loaded in shipped.loaded}
    assert [name for name, places in made.items() if places] == ["seeds"]
    assert Identity(p.item for p in shipped.seeds.entities).find("国资委", "Jurisdiction") == ["cn-sasac"]
