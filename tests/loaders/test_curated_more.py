"""What a curator can write: registered companies, shares, dated steps of a tie, further readings, second readers."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from chinaai import KnowledgeGraph
from chinaai.graph.elements import Batch, Node
from chinaai.graph.plan import LoadError
from chinaai.graph.store import Store
from chinaai.loaders.base import Loaded, LoadResult
from chinaai.loaders.build import Shipped, build, read_shipped
from chinaai.loaders.cac.lookups import Lookups
from chinaai.loaders.cac.resolve import Resolver
from chinaai.loaders.curated import check_seeds, curated_batch, read_seeds
from chinaai.loaders.curated.kinds import kinds_of
from faults.running import chinaai

DAY = date(2026, 11, 24)
HEAD = """sources:
- {id: page, publisher: A Paper, published: 2026-10-01, kind: news}
- {id: more, publisher: B Paper, published: 2024-05-02, kind: official}
entities:
- {id: alfa, type: Company, name: Alfa Motors, country: DE}
- {id: beta, type: Company, name: Beta, country: CN}
- {id: alfa-beta, type: Company, name: Alfa Beta, country: CN, kind: joint-venture}
- {id: alfa-china, type: LegalEntity, name: 'Alfa Motors (China) Co., Ltd.', name_zh: 阿尔法汽车（中国）有限公司}
facts:
"""
ENTITY = "- {id: own, subject: alfa-china, predicate: SUBSIDIARY_OF, object: alfa, status: confirmed, share: wholly, as_of: 2026-09, sources: [page]}\n"  # noqa: E501
STAKE = "- {id: half, subject: alfa, predicate: OWNS_STAKE_IN, object: alfa-beta, status: confirmed, percent: 50, share: joint-venture, as_of: 2026-09, sources: [page]}\n"  # noqa: E501
TIE = "- {id: tie, subject: alfa, predicate: PARTNERS_WITH, object: beta, status: confirmed, valid_from: 2023, sources: [page], "  # noqa: E501
FURTHER = "- {id: told, subject: beta, predicate: PARTNERS_WITH, object: alfa, status: confirmed, announced: 2024-05-02, scope: extended to cars, reading_of: tie, sources: [more, page]}\n"  # noqa: E501


def put(folder: Path, facts: str) -> Path:
    folder.mkdir(exist_ok=True)
    (folder / "facts.yaml").write_text(HEAD + facts, encoding="utf-8")
    (folder / "about.yaml").write_text("reviewed: 2026-11-24\nlicence: CC-BY-4.0\n", encoding="utf-8")
    return folder


def batch(folder: Path, facts: str) -> Batch:
    seeds = read_seeds(put(folder, facts))
    assert check_seeds(seeds) == []
    return curated_batch(seeds)


def edges(made: Batch) -> dict[str, dict[str, Any]]:
    return {edge.fact_id: {**edge.props, "start": edge.start, "end": edge.end} for edge in made.edges}


def problems(folder: Path, facts: str) -> list[tuple[str, str]]:
    return [(p.code, p.message) for p in check_seeds(read_seeds(put(folder, facts)))]


def test_a_registered_company_written_by_a_curator_is_an_onshore_company(embedded_store: Store, tmp_path: Path) -> None:
    build(embedded_store, read_shipped(put(tmp_path / "s", ENTITY + STAKE), today=DAY), today=DAY)
    kg = KnowledgeGraph(embedded_store)
    rows = kg.run("onshore", company="Alfa Motors", as_of="2026-11-24")
    assert {(r.relation, r.onshore_id, r.onshore_type) for r in rows} == {
        ("SUBSIDIARY_OF", "alfa-china", "LegalEntity"),
        ("OWNS_STAKE_IN", "alfa-beta", "Company"),
    }
    assert kg.resolve("阿尔法汽车（中国）有限公司", ("LegalEntity",)) == "alfa-china"


def test_a_register_that_prints_its_name_uses_its_id(tmp_path: Path) -> None:
    identity = read_seeds(put(tmp_path, ENTITY)).identity()
    resolver = Resolver(Lookups(), identity)
    # brackets of another width are the same name; another company is not
    assert resolver.entity_id("阿尔法汽车(中国)有限公司") == "alfa-china"
    assert resolver.entity_id("阿尔法汽车（上海）有限公司").startswith("le-")


def test_owners_of_a_joint_venture_have_their_share(tmp_path: Path) -> None:
    half = edges(batch(tmp_path, STAKE))["half"]
    assert (half["share"], half["percent"]) == ("joint-venture", 50.0)


def test_a_share_of_a_partnership_is_refused(tmp_path: Path) -> None:
    assert problems(tmp_path, TIE + "percent: 50}\n") == [("QUALIFIER", "PARTNERS_WITH takes no 'percent'")]
    ((code, message),) = problems(tmp_path, STAKE.replace("percent: 50", "percent: 150"))
    assert (code, "less than or equal to 100" in message) == ("VALUE", True)


def test_one_tie_has_dated_steps(tmp_path: Path) -> None:
    steps = "steps: [{on: 2024, says: extended to cars}, {on: 2026-09-23, says: memorandum on an upgrade}]}\n"
    assert edges(batch(tmp_path, TIE + steps))["tie"]["steps"] == [
        "2024 extended to cars", "2026-09-23 memorandum on an upgrade",
    ]  # fmt: skip
    wrong = "steps: [{on: 2026-09-23, says: later}, {on: 2024, says: earlier}]}\n"
    ((code, message),) = problems(tmp_path, TIE + wrong)
    assert (code, message) == ("VALUE", "fact 'tie': steps stand with the oldest first")


def test_an_instrument_rests_on_the_pages_that_tell_its_days(tmp_path: Path) -> None:
    """Its day in force is told by `more` alone; a fact of another day, or one that is denied, tells nothing of it."""
    facts = (
        "- {id: told, subject: act, predicate: RESTRICTS, object: alfa, status: confirmed, valid_from: 2025-03-01, sources: [more]}\n"  # noqa: E501
        "- {id: later, subject: act, predicate: RESTRICTS, object: beta, status: confirmed, valid_from: 2025-04-01, sources: [page]}\n"  # noqa: E501
        "- {id: denied, subject: act, predicate: REGULATES, object: beta, status: denied, as_of: 2025-03-01, sources: [page]}\n"  # noqa: E501
    )
    act = "- {id: act, type: Instrument, name: The Act, country: US, effective: 2025-03-01}\nfacts:\n"
    folder = put(tmp_path, facts)
    (folder / "facts.yaml").write_text(HEAD.replace("facts:\n", act) + facts, encoding="utf-8")
    seeds = read_seeds(folder)
    assert check_seeds(seeds) == []
    (node,) = [node for node in curated_batch(seeds).nodes if node.id == "act"]
    assert node.props["sources"] == ["more"]


def test_two_readings_of_a_tie_are_one(embedded_store: Store, tmp_path: Path) -> None:
    folder = put(tmp_path / "s", TIE + "scope: a lab}\n" + FURTHER)
    build(embedded_store, read_shipped(folder, today=DAY), today=DAY)
    (row,) = KnowledgeGraph(embedded_store).partnerships("Beta", as_of="2026-11-24")
    assert (row.fact_id, row.since, row.history) == ("tie", "2023", ["2024-05-02 extended to cars"])
    assert {source.id for source in row.sources} == {"page", "more"}
    found = json.loads(chinaai("audit", "--json", "--seeds", str(folder)).stdout)
    assert found["duplicate_suspects"] == 0


@pytest.mark.parametrize(
    ("change", "code", "message"),
    [
        (("reading_of: tie", "reading_of: ties"), "UNKNOWN-FACT", "unknown fact 'ties'"),
        (("PARTNERS_WITH", "SUPPLIES"), "READING", "'tie' joins alfa PARTNERS_WITH beta, so this is no reading of it"),
        (("object: alfa,", "object: alfa-beta,"), "READING", "'tie' joins alfa PARTNERS_WITH beta"),
        (
            ("status: confirmed", "status: denied"),
            "READING",
            "'tie' is confirmed and this is denied: that is a conflict",
        ),
        (("reading_of: tie", "reading_of: told"), "READING", "'told' can't be a further reading of itself"),
    ],
)
def test_what_is_no_reading_is_refused(tmp_path: Path, change: tuple[str, str], code: str, message: str) -> None:
    ((found, said),) = problems(tmp_path, TIE + "scope: a lab}\n" + FURTHER.replace(*change))
    assert (found, said[: len(message)]) == (code, message)


def test_facts_may_name_a_company_that_only_the_register_file_holds(tmp_path: Path) -> None:
    folder = put(tmp_path, TIE.replace("object: beta", "object: zeiss") + "scope: optics}\n")
    assert [code for code, _ in problems(tmp_path, (folder / "facts.yaml").read_text("utf-8")[len(HEAD) :])] == [
        "UNKNOWN-ENTITY"
    ]
    (folder / "registers").mkdir()
    held = "entities:\n- {id: zeiss, type: Company, name: Carl Zeiss AG, country: DE}\n"
    held += "- {id: ikea, type: Company, name: IKEA}\n"
    (folder / "registers" / "owners-companies.yaml").write_text(held, encoding="utf-8")
    seeds = read_seeds(folder)
    assert check_seeds(seeds) == []
    # Only what a fact names is taken over; the register keeps the others.
    assert {placed.item.id for placed in seeds.entities} >= {"zeiss"}
    assert "ikea" not in {placed.item.id for placed in seeds.entities}


def test_a_second_reading_is_shown_with_the_sources_and_its_lack_told(embedded_store: Store, tmp_path: Path) -> None:
    read = (
        "read: [{by: mk, on: 2026-11-20, verdict: right}, {by: lw, on: 2026-11-22, verdict: unclear, note: excerpt}]}\n"
    )
    folder = put(tmp_path / "s", TIE + read + STAKE)
    build(embedded_store, read_shipped(folder, today=DAY), today=DAY)
    kg = KnowledgeGraph(embedded_store)
    assert {r.read for r in kg.run("sources", fact="tie")} == {
        "2026-11-20 right (mk); 2026-11-22 unclear (lw): excerpt"
    }
    assert {r.read for r in kg.run("sources", fact="half")} == {"not read by a second reader"}
    assert json.loads(chinaai("audit", "--json", "--seeds", str(folder)).stdout)["unread"] == 1


def test_a_company_that_a_fact_takes_over_from_the_register_changes_hands(store: Store, tmp_path: Path) -> None:
    """A graph that stands takes the next edition: the node goes from one data set to the other, and back."""
    alfa = Node("Company", "alfa", {"name": "Alfa", "keys": ["alfa"]})
    beta = Node("Company", "beta", {"name": "Beta", "keys": ["beta"]})

    def edition(seeds: list[Node], cac: list[Node]) -> dict[str, LoadResult]:
        loaded = [("seeds", Loaded(Batch("seeds", seeds))), ("cac", Loaded(Batch("cac", cac)))]
        return build(store, Shipped(read_seeds(tmp_path), loaded), today=DAY, allow_removals=True)

    def held() -> list[tuple[str, str, bool]]:
        rows = store.read("MATCH (n:ChinaAI:Company) RETURN n.id AS id, n.dataset AS d, n.retired AS r ORDER BY id")
        return [(row["id"], row["d"], row["r"] is not None) for row in rows]

    edition([beta], [alfa])
    taken = edition([alfa, beta], [])
    assert held() == [("alfa", "seeds", False), ("beta", "seeds", False)]
    assert (taken["seeds"].plan.counts()["changed"], taken["cac"].plan.counts()["closed"]) == (1, 0)
    assert edition([alfa, beta], [])["seeds"].plan.empty
    edition([beta], [alfa])
    assert held() == [("alfa", "cac", False), ("beta", "seeds", False)]


def test_what_the_other_data_set_still_wants_is_not_taken(embedded_store: Store, tmp_path: Path) -> None:
    alfa = Node("Company", "alfa", {"name": "Alfa", "keys": ["alfa"]})
    loaded = [("cac", Loaded(Batch("cac", [alfa]))), ("seeds", Loaded(Batch("seeds", [alfa])))]
    with pytest.raises(LoadError, match="id 'alfa' belongs to data set cac"):
        build(embedded_store, Shipped(read_seeds(tmp_path), loaded), today=DAY)


def said(folder: Path, facts: str) -> list[str]:
    """What the user reads of the one fact, less its place."""
    return [str(p).split(" ", 1)[1] for p in check_seeds(read_seeds(put(folder, facts)))]


FIGURE = "- {id: fig, subject: alfa, metric: revenue, unit: USD, status: confirmed, as_of: 2023, sources: [page], "


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        (TIE.replace("[page]", "page") + "}", "TYPE sources: 'page' is no list; write it in brackets: [page]"),
        (
            TIE.replace("[page]", "[page, page]") + "}",
            "VALUE sources names 'page' twice; a source that says it counts once",
        ),
        (
            FIGURE + "value: '5,000'}",
            "TYPE value: '5,000' is no number; write digits, a point before decimals and no commas, as 5000 or 1.5",
        ),
        (FIGURE + "value: 1, rank: 1.5}", "TYPE rank: '1.5' is no whole number; write digits alone, as 5000"),
        (
            TIE + "steps: [2024 extended]}",
            "TYPE steps.0: '2024 extended' is no block of keys and values; write {on: …, says: …}",
        ),
        (
            TIE + "steps: [{on: 2024, says: cars, date: 2024}]}",
            "UNKNOWN-FIELD fact 'tie': 'steps' has no field 'date'; known: on, says",
        ),
        (
            TIE + "read: [{by: a, on: 2026-11, verdict: right}]}",
            "DATE read.0.on: '2026-11' is not a date of one day; write it as 2025-02-13",
        ),
        (
            TIE + "read: [{by: a, on: 1763596800, verdict: right}]}",
            "DATE read.0.on: '1763596800' is not a date of one day; write it as 2025-02-13",
        ),
        (
            TIE + "outcome_sought: 20261101}",
            "DATE outcome_sought: '20261101' is not a date of one day; write it as 2025-02-13",
        ),
        (TIE + "unseen: maybe}", "TYPE unseen: 'maybe' is no truth value; write true or false"),
        (TIE + "percent: 150}", "VALUE percent: '150' should be less than or equal to 100"),
        (
            TIE + "reading_of: tie}",
            "READING 'tie' can't be a further reading of itself; "
            "name the fact that was there first, or take reading_of out",
        ),
        (
            TIE + "metric: revenue}",
            "SHAPE fact 'tie' has both 'predicate' and 'metric'; "
            "two facts are two blocks; take one of the two keys out",
        ),
        (
            TIE.replace("predicate:", "predicat:") + "}",
            "UNKNOWN-FIELD fact 'tie' has no field 'predicat'; did you mean predicate?",
        ),
        (
            "- acme partners with beta",
            "SHAPE a fact must be a block of keys and values, "
            "and 'acme partners with beta' is none; see seeds/README.md",
        ),
    ],
)
def test_a_value_that_does_not_fit_is_told_with_what_to_write(tmp_path: Path, fact: str, told: str) -> None:
    assert said(tmp_path, fact + "\n") == [told]


@pytest.mark.parametrize("day", ["2026-11", "28.11.2026", "20261128"])
def test_the_day_of_the_review_is_one_day(tmp_path: Path, day: str) -> None:
    folder = put(tmp_path, STAKE)
    (folder / "about.yaml").write_text(f"reviewed: {day}\nlicence: CC-BY-4.0\n", encoding="utf-8")
    (problem,) = check_seeds(read_seeds(folder))
    assert str(problem) == f"about.yaml:1:11 DATE reviewed: '{day}' is not a date of one day; write it as 2025-02-13"


MISTYPED = "a digit was mistyped, or the clock of this machine is wrong"
TO_COME = "what is not yet done is announced; or a digit was mistyped"
AGREED = TIE.replace("valid_from: 2023", "announced: 2023-05")


@pytest.mark.parametrize(
    ("fact", "told"),
    [
        (AGREED.replace("2023-05", "2062-02") + "}", f"DATE announced: '2062-02' lies in the future; {MISTYPED}"),
        (AGREED.replace("2023-05", "1026-02-01") + "}", f"DATE announced: '1026-02-01' lies too far back; {MISTYPED}"),
        (AGREED + "as_of: 2062}", f"DATE as_of: '2062' lies in the future; {MISTYPED}"),
        (
            AGREED + "valid_from: 2062-02}",
            f"DATE valid_from: '2062-02' lies in the future, and the status is confirmed; {TO_COME}",
        ),
        (
            AGREED + "read: [{by: a, on: 2066-11-20, verdict: right}]}",
            f"DATE read.0.on: '2066-11-20' lies in the future; {MISTYPED}",
        ),
        (
            AGREED.replace("confirmed", "announced") + "outcome_sought: 2062-01-01}",
            f"DATE outcome_sought: '2062-01-01' lies in the future; {MISTYPED}",
        ),
        (AGREED + "steps: [{on: 2062, says: cars}]}", f"DATE steps.0.on: '2062' lies in the future; {MISTYPED}"),
        (
            AGREED + "valid_to: 2024-05, steps: [{on: 2025, says: cars}]}",
            "DATE-ORDER a step of 2025 lies after the tie's end, 2024-05; mend one of the two days",
        ),
        (
            TIE + "beginning: unknown}",
            "DATE-ORDER beginning is unknown, and valid_from says 2023; leave one of the two out",
        ),
    ],
)
def test_a_day_that_can_not_be_is_told(tmp_path: Path, fact: str, told: str) -> None:
    assert said(tmp_path, fact + "\n") == [told]


def test_what_is_announced_may_begin_on_a_day_to_come_and_what_began_long_ago(tmp_path: Path) -> None:
    soon = date.today().year + 2
    plan = AGREED.replace("confirmed", "announced") + f"valid_from: {soon}, valid_to: {soon + 5}}}\n"
    assert said(tmp_path, plan) == []
    assert said(tmp_path, AGREED + f"valid_from: 1847-10-01, valid_to: {soon}}}\n") == []
    planned = FIGURE.replace("confirmed", "announced").replace("2023", str(soon)) + "value: 1}\n"
    assert said(tmp_path, planned) == []


def test_days_of_a_page_and_of_the_review_that_can_not_be_are_told(tmp_path: Path) -> None:
    folder = put(tmp_path, STAKE)
    text = (folder / "facts.yaml").read_text(encoding="utf-8")
    text = text.replace("published: 2026-10-01", "published: 2026-10-01, retrieved: 2026-09-30")
    text = text.replace("published: 2024-05-02", "published: 2062-01-01, retrieved: 2062-01-01")
    (folder / "facts.yaml").write_text(text, encoding="utf-8")
    about = "reviewed: 2062-11-28\nlicence: CC-BY-4.0\nsearched: {law: 2063-01-01}\nfloors: {OWNS_STAK_IN: 0}\n"
    (folder / "about.yaml").write_text(about, encoding="utf-8")
    assert list(map(str, check_seeds(read_seeds(folder)))) == [
        f"about.yaml:1:11 DATE reviewed: '2062-11-28' lies in the future; {MISTYPED}",
        f"about.yaml:3:17 DATE searched.law: '2063-01-01' lies in the future; {MISTYPED}",
        "about.yaml:4:10 UNKNOWN-TYPE floors: there is no type 'OWNS_STAK_IN'; did you mean OWNS_STAKE_IN?",
        "facts.yaml:2:68 DATE-ORDER retrieved 2026-09-30 lies before published 2026-10-01; "
        "a page is read after it came out; mend one of them",
        f"facts.yaml:3:45 DATE published: '2062-01-01' lies in the future; {MISTYPED}",
        f"facts.yaml:3:68 DATE retrieved: '2062-01-01' lies in the future; {MISTYPED}",
    ]


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("https://www.Example.org/a/", "http://example.org/a#part", True),
        ("https://example.org/a", "https://example.org/b", False),
        ("https://example.org/w?v=Ab", "https://example.org/w?v=aB", False),
        ("https://example.org/#/one", "https://example.org/#/other", False),
    ],
)
def test_one_page_under_two_publishers_is_one_source(tmp_path: Path, one: str, other: str, same: bool) -> None:
    folder = put(tmp_path, TIE.replace("[page]", "[page, more]") + "}\n")
    text = (folder / "facts.yaml").read_text(encoding="utf-8")
    text = text.replace("{id: page,", f"{{id: page, url: '{one}',").replace(
        "{id: more,", f"{{id: more, url: '{other}',"
    )
    (folder / "facts.yaml").write_text(text, encoding="utf-8")
    seeds = read_seeds(folder)
    told = [
        "facts.yaml:3:19 PAGE 'more' is the page of 'page' under another publisher; "
        "cite 'page' (facts.yaml:2) and delete this block"
    ]
    assert check_seeds(seeds) == []
    assert [str(doubt) for doubt in kinds_of(seeds) if doubt.code == "PAGE"] == (told if same else [])
    why = edges(curated_batch(seeds))["tie"]["confidence_why"]
    assert ("2 independent sources" in why) is not same
