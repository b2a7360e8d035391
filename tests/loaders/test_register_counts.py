"""How many rows each register holds, mended, refused and joined; a file that shrinks fails."""

from __future__ import annotations

import csv
import re
from collections import Counter
from pathlib import Path

import pytest
import yaml
from chinaai.graph.store import Store
from chinaai.loaders.base import Loaded
from chinaai.loaders.build import Shipped

REGISTERS = Path(__file__).parents[2] / "seeds" / "registers"
#: Rows of each file as it ships, without its header. A newer file may hold more; then these are raised.
ROWS = {
    "cac-genai-filings.tsv": 1846, "cac-genai-notices.tsv": 13, "control-list-members.tsv": 1120, "listings.tsv": 146,
    "open-models.tsv": 268, "open-offers.tsv": 1524,
}  # fmt: skip

#: A row that prints the service in the place of its filer; the mend names the filer.
SERVICE_FOR_FILER = {"商汤AI代码生成模型": "深圳市商汤科技有限公司"}

#: Members that a later edition left out and a still later one prints again, each with two stays: the Academy of
#: Military Medical Sciences, its radiation institute, the Academy of Engineering Physics, and the MIPT of Moscow.
BACK = {"us-section-1286": 4}


def loaded(shipped: Shipped, name: str) -> Loaded:
    return next(item for one, item in shipped.loaded if one == name)


def lines(name: str) -> list[str]:
    return (REGISTERS / name).read_text(encoding="utf-8").splitlines()[1:]


def test_every_table_of_the_registers_is_counted_here() -> None:
    assert {path.name for path in REGISTERS.glob("*.tsv")} == set(ROWS)


@pytest.mark.parametrize("name", ROWS)
def test_no_table_has_shrunk(name: str) -> None:
    assert len(lines(name)) >= ROWS[name]
    assert len(set(lines(name))) == len(lines(name))


def test_the_register_of_services(shipped: Shipped) -> None:
    """Every row is a filing or was refused with its line and reason, and every mend has a line and a reason."""
    found = loaded(shipped, "cac")
    refused = [text for text in found.remarks if ": refused (" in text]
    mended = [text for text in found.remarks if " → " in text]
    assert len(refused) == 4
    assert all(re.match(r"line \d+: refused \([\w-]+: .+\)", text) for text in refused)
    assert all(re.match(r"line \d+: \w+ '.*' → '.*' \([\w-]+: .+\)$", text) for text in mended)
    assert len({text.split(":")[0] for text in mended}) >= 231
    labels = Counter(node.label for node in found.batch.nodes)
    assert labels["Filing"] + len(refused) == len(lines("cac-genai-filings.tsv"))
    owned = sum(edge.type == "SUBSIDIARY_OF" for edge in found.batch.edges)
    assert found.remarks[-1].endswith(f"{owned} of {labels['LegalEntity']} legal entities have a known owner")
    assert owned >= 254


def test_the_control_lists(shipped: Shipped) -> None:
    """Each list tells its printed names and its members; companies, units of one and the unjoined add up to them."""
    found = loaded(shipped, "lists")
    form = re.compile(
        r"([\w-]+): (\d+) printed names, (\d+) members .*; "
        r"(\d+) are companies here, (\d+) are units of one, (\d+) stay unjoined$"
    )
    told = [match for text in found.remarks if (match := form.match(text))]
    assert sum(int(match[2]) for match in told) == len(lines("control-list-members.tsv"))
    assert len(told) == len({line.split("\t")[0] for line in lines("control-list-members.tsv")})
    for match in told:
        assert int(match[3]) == int(match[4]) + int(match[5]) + int(match[6]), match[0]
    # One edge is one stay on a list. Members told are stays but for those that were off a later edition and came back.
    stays = Counter(edge.end[1] for edge in found.batch.edges if edge.type == "NAMED_IN")
    assert {match[1]: stays[match[1]] - int(match[3]) for match in told if stays[match[1]] != int(match[3])} == BACK


def test_the_listings(shipped: Shipped) -> None:
    found = loaded(shipped, "listings")
    assert Counter(edge.type for edge in found.batch.edges) == {"LISTED_ON": len(lines("listings.tsv"))}
    assert found.problems == [] and "146 listings" in found.remarks[-1]


def test_the_open_models_and_offers(shipped: Shipped) -> None:
    found = loaded(shipped, "open")
    header, *rows = (line.split("\t") for line in (REGISTERS / "open-models.tsv").read_text("utf-8").splitlines())
    joined = sum(bool(row[header.index("is")]) for row in rows)
    made = sum(node.label == "Model" for node in found.batch.nodes)
    assert made + joined == len(rows)
    assert sum(edge.type == "OFFERS" for edge in found.batch.edges) == len(lines("open-offers.tsv"))
    assert found.remarks[-1].startswith(f"{len(rows)} models ({joined} are curated ones")
    assert len(found.near) <= 5  # left to a reviewer by `chinaai audit --joins`


def test_filings_by_the_seat_of_their_owner(embedded_shipped: Store) -> None:
    """Counted from the register's rows and the reviewed lines of owners and of changed names, and in the graph."""
    owners = yaml.safe_load((REGISTERS / "owners.yaml").read_text("utf-8"))["owners"]
    changes = yaml.safe_load((REGISTERS / "entity-changes.yaml").read_text("utf-8"))["changes"]
    seats = {plain(line["entity"]): line["owner_country"] for line in owners}
    now = {plain(line["from"]): plain(line["to"]) for line in changes}
    counted: Counter[str | None] = Counter()
    with (REGISTERS / "cac-genai-filings.tsv").open(encoding="utf-8", newline="") as file:
        for row in csv.DictReader(file, delimiter="\t", quoting=csv.QUOTE_NONE):
            if row["seq"] != "序号":
                entity = plain(SERVICE_FOR_FILER.get(row["entity"], row["entity"]))
                counted[seats.get(entity) or seats.get(now.get(entity, ""))] += 1
    rows = embedded_shipped.read(
        "MATCH (f:ChinaAI:Filing)-[:FILED_BY]->(e:ChinaAI:LegalEntity) WHERE f.retired IS NULL "
        "OPTIONAL MATCH (e)-[o:SUBSIDIARY_OF]->(c:ChinaAI:Company) WHERE o.retired IS NULL AND o.dataset = 'cac' "
        "WITH f, collect(DISTINCT c.country) AS seats RETURN seats, count(f) AS n"
    )
    assert all(len(row["seats"]) <= 1 for row in rows)
    assert {next(iter(row["seats"]), None): row["n"] for row in rows} == counted
    assert counted["US"] >= 7 and counted["DE"] >= 5 and counted["CN"] >= 349


def plain(name: str) -> str:
    """A printed name with brackets of one width."""
    return name.strip().replace("（", "(").replace("）", ")")


def test_an_owner_is_known_since_the_first_listing_of_its_filer(shipped: Shipped) -> None:
    """Where its line bears no day of its own; some filers filed on several days."""
    batch = loaded(shipped, "cac").batch
    days: dict[str, list[object]] = {}
    listed = {node.id: node.props["listed"] for node in batch.nodes if node.label == "Filing"}
    for edge in batch.edges:
        if edge.type == "FILED_BY":
            days.setdefault(edge.end[1], []).append(listed[edge.start[1]])
    owned = {
        edge.start[1]: edge.props["known_from"]
        for edge in batch.edges
        if edge.type == "SUBSIDIARY_OF" and edge.props["known_from_basis"] == "first listing"
    }
    assert any(len(set(days[one])) > 1 for one in owned)
    assert owned == {one: min(days[one]) for one in owned}
