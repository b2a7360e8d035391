"""Known kinds of fault: each is named at its place, and the word that answers it silences it."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from chinaai.loaders.curated import read_seeds
from chinaai.loaders.curated.kinds import KINDS, kinds_of
from chinaai.loaders.entry import read_entry
from chinaai.loaders.entry.citations import other_law
from faults.running import chinaai

HEAD = """sources:
- {id: page, publisher: A Paper, published: 2026-10-01, kind: news}
- {id: old, publisher: B Paper, published: 2026-01-05, kind: trade}
- {id: past, publisher: D Paper, published: 2025-03-01, kind: trade}
- {id: year, publisher: C Paper, published: 2026, kind: trade}
- {id: digest, publisher: E Digest, published: 2026-10-01, kind: aggregator}
- {id: wiki, publisher: F Wiki, published: 2026-10-01, kind: wiki}
- {id: wire, publisher: Wire, published: 2026-10-01, kind: news}
- {id: via, publisher: Wire via G Paper, published: 2026-10-01, kind: news}
- {id: dashed, publisher: H Paper, origin: a-paper, published: 2026-10-01, kind: news}
- {id: relay, publisher: I Paper after Wire, origin: wire, published: 2026-10-01, kind: news}
- {id: own, publisher: Wire Watch, origin: Wire Watch, published: 2026-10-01, kind: news}
entities:
- {id: alfa, type: Company, name: Alfa, country: US}
- {id: beta, type: Company, name: Beta, country: CN}
- {id: bill, type: Instrument, name: A Bill, effective: 2027-01-01}
- {id: act, type: Instrument, name: An Act, effective: 2025-01-01}
- {id: order, type: Instrument, name: An Order}
- {id: soon, type: Instrument, name: A Rule, effective: 2026-05-01}
facts:
"""
TIE = "- {id: tie, subject: alfa, predicate: PARTNERS_WITH, object: beta, status: confirmed, sources: [page], "
FALL = (
    "- {id: fall, subject: alfa, metric: price_change, value: -24, unit: percent, status: reported, sources: [page], "
)
PLAN = "- {id: plan, subject: alfa, predicate: INVESTED_IN, object: beta, status: announced, sources: [page], "
CLAIM = "- {id: claim, subject: alfa, status: announced, announced: 2025-01-29, sources: [past], "
LAW = "- {id: law, predicate: SUCCEEDS, object: act, status: confirmed, sources: [page], "


def codes(folder: Path, block: str) -> list[tuple[str, int]]:
    (folder / "facts.yaml").write_text(HEAD + block + "\n", encoding="utf-8")
    (folder / "about.yaml").write_text("reviewed: 2026-11-24\nlicence: CC-BY-4.0\n", encoding="utf-8")
    seeds = read_seeds(folder)
    assert seeds.problems == []
    return [(problem.code, problem.line) for problem in kinds_of(seeds)]


@pytest.mark.parametrize(
    ("block", "kind"),
    [
        # a tie made known at a keynote; its beginning; the word that it is not known; a plan has none yet
        (TIE + "announced: 2026-09-01}", "BEGINNING"),
        (TIE + "announced: 2026-09-01, valid_from: 2023}", None),
        (TIE + "announced: 2026-09-01, beginning: unknown}", None),
        (TIE.replace("confirmed", "announced") + "announced: 2026-09-01}", None),
        (TIE.replace("PARTNERS_WITH", "SUPPLIES") + "announced: 2026-09-01}", "BEGINNING"),
        # an end that is past on a fact that is told as standing; one that lies ahead
        (TIE + "valid_from: 2020, valid_to: 2026-06-16}", "END"),
        (TIE.replace("confirmed", "ended") + "valid_from: 2020, valid_to: 2026-06-16}", None),
        (TIE + "valid_from: 2020, valid_to: 2027-06-16}", None),
        # the day of an end is the first on which it no longer holds: over on the day of the review, not before
        (TIE + "valid_from: 2020, valid_to: 2026-11-24}", "END"),
        (TIE + "valid_from: 2020, valid_to: 2026-11-25}", None),
        # a bill is no law yet; an instrument without any day; one that is in force
        (LAW + "subject: bill, as_of: 2026-09}", "FORCE"),
        (LAW + "subject: bill, valid_from: 2027-01-01, announced: 2026-09}", None),
        (LAW.replace("SUCCEEDS", "RESTRICTS").replace("act", "beta") + "subject: order, as_of: 2026-09}", "FORCE"),
        (LAW.replace("object: act", "object: order") + "subject: act, as_of: 2026-09}", None),
        # in force from May; a year begins before it, and the month itself does not
        (LAW + "subject: soon, valid_from: 2026}", "FORCE"),
        (LAW + "subject: soon, valid_from: 2026-05}", None),
        # a share in words alone; in percent, with words beside it; money; an edge that has no percent
        (TIE.replace("PARTNERS_WITH", "OWNS_STAKE_IN") + "amount: about 40%}", "SHARE"),
        (TIE.replace("PARTNERS_WITH", "SUBSIDIARY_OF") + "amount: 51 %}", "SHARE"),
        (TIE.replace("PARTNERS_WITH", "OWNS_STAKE_IN") + "amount: 40% with its units, percent: 40}", None),
        (TIE.replace("PARTNERS_WITH", "OWNS_STAKE_IN") + "amount: half and one share}", None),
        (TIE.replace("PARTNERS_WITH", "INVESTED_IN") + "amount: 5%}", None),
        # a change over nobody knows what; over a month; since a day
        (FALL + "as_of: 2026-09-01}", "SPAN"),
        (FALL + "as_of: 2026-09}", None),
        (FALL + "as_of: 2026-09-01, scope: since the high of 2025-10-02}", None),
        # confirmed by a digest and a wiki alone; with a paper beside them; as reported
        (TIE.replace("[page]", "[digest, wiki]") + "as_of: 2026-09}", "VOICE"),
        (TIE.replace("[page]", "[digest, page]") + "as_of: 2026-09}", None),
        (TIE.replace("[page]", "[wiki]").replace("confirmed", "reported") + "as_of: 2026-09}", None),
        # one voice under two names, in either order, or written otherwise; told whose it is; a name that bears another
        (TIE.replace("[page]", "[wire, via]") + "as_of: 2026-09}", "COPY"),
        (TIE.replace("[page]", "[via, page, wire]") + "as_of: 2026-09}", "COPY"),
        (TIE.replace("[page]", "[page, dashed]") + "as_of: 2026-09}", "COPY"),
        (TIE.replace("[page]", "[wire, relay]") + "as_of: 2026-09}", None),
        (TIE.replace("[page]", "[wire, own]") + "as_of: 2026-09}", None),
        (TIE.replace("[page]", "[wire, page]") + "as_of: 2026-09}", None),
        # a day after every page whose own day is known; a page of the year alone doesn't hide it
        (TIE.replace("[page]", "[old, year]") + "as_of: 2026-03-01}", "DAY"),
        (TIE.replace("[page]", "[old, page]") + "as_of: 2026-03-01}", None),
        (TIE.replace("[page]", "[year]") + "as_of: 2026-03-01}", None),
        # the next day; two days on; a year, told by a page of that year
        (TIE.replace("[page]", "[old]") + "as_of: 2026-01-06}", None),
        (TIE.replace("[page]", "[old]") + "as_of: 2026-01-07}", "DAY"),
        (TIE.replace("[page]", "[past, year]") + "as_of: 2026}", None),
        (TIE.replace("[page]", "[past]") + "as_of: 2026}", "DAY"),
        # law tells ahead when it comes into force; a tie does not
        (LAW.replace("[page]", "[old]") + "subject: soon, valid_from: 2026-05-01}", None),
        (LAW.replace("[page]", "[old]") + "subject: soon, valid_from: 2026-06-01}", "DAY"),
        # announced long ago; seen to wait still; its outcome searched for lately, and too long ago
        (PLAN + "announced: 2026-01-10}", "OUTCOME"),
        (PLAN + "announced: 2026-01-10, as_of: 2026-10-01}", None),
        (PLAN + "announced: 2026-09-10}", None),
        (PLAN + "announced: 2026-01-10, outcome_sought: 2026-11-20}", None),
        (PLAN + "announced: 2025-01-10, outcome_sought: 2026-02-20}", "OUTCOME"),
        # 183 days before the review lies 2026-05-25: what was announced on the day before is half a year old by then
        (PLAN + "announced: 2026-05-24}", "OUTCOME"),
        (PLAN + "announced: 2026-05-25}", None),
        (PLAN + "announced: 2026-01-10, outcome_sought: 2026-05-25}", "OUTCOME"),
        (PLAN + "announced: 2026-01-10, outcome_sought: 2026-05-26}", None),
        # what a maker claims of a test comes to no outcome
        (CLAIM + "metric: benchmark_claim, text: better than others}", None),
        (CLAIM + "metric: commitment, value: 5, unit: USD}", "OUTCOME"),
    ],
)
def test_each_kind_is_named_and_answered(tmp_path: Path, block: str, kind: str | None) -> None:
    assert codes(tmp_path, block) == ([(kind, HEAD.count("\n") + 1)] if kind else [])


@pytest.mark.parametrize(
    ("thing", "fact", "told"),
    [
        # made, built or run by a company, or nobody's; what is denied, or said of a person or of a use, makes no maker
        ("type: Product", "alfa DEVELOPED confirmed", False),
        ("type: Product", "alfa MANUFACTURED reported", False),
        ("type: Product", "alfa OPERATES ended", False),
        ("type: Product", "alfa OPERATES denied", True),
        ("type: Product", "ada DEVELOPED confirmed", True),
        ("type: Product", "alfa EMBEDS confirmed", True),
        ("type: ModelFamily", "beta DEVELOPED confirmed", False),
        ("type: ModelFamily", "beta EMBEDS confirmed", True),
        # why there is none is said; a single model is told by those who offer it
        ("type: Product, note: Goods of many firms.", "alfa EMBEDS confirmed", False),
        ("type: Model", "alfa EMBEDS confirmed", False),
    ],
)
def test_a_product_or_line_of_models_without_its_company_is_told(
    tmp_path: Path, thing: str, fact: str, told: bool
) -> None:
    things = [f"- {{id: thing, name: Thing, {thing}}}", "- {id: ada, type: Person, name: Ada}"]
    (tmp_path / "things.yaml").write_text("\n".join(["entities:", *things, ""]), encoding="utf-8")
    who, how, status = fact.split()
    block = f"- {{id: it, subject: {who}, predicate: {how}, object: thing, status: {status}, sources: [page]}}"
    assert codes(tmp_path, block) == ([("MAKER", 2)] if told else [])


@pytest.mark.parametrize(
    ("held", "scope", "told"),
    [
        ("k2", "Ka K2 Thinking, later K2.5", ["k2-thinking", "k25"]),
        ("k2", "preview, with the K2.5", ["k25"]),
        ("g5", "Ge-5 and -Flash", ["g5-flash"]),
        ("k25", "calls of the K2 go to it", ["k2"]),
        # its own name, a longer version, another maker's model, what took its place, a family
        ("k2", "K2 in its service, since K2.51 and on 5 May", []),
        ("k2", "beside Ge-5", []),
        ("k2", "in its service; K2.5 took its place", []),
        ("ka", "K2 and K2.5", []),
    ],
)
def test_a_host_has_each_model_by_itself(tmp_path: Path, held: str, scope: str, told: list[str]) -> None:
    """Who asks where K2.5 can be had is told nothing by a fact on K2, and on K2 more than is so."""
    models = {"k2": "Ka K2", "k2-thinking": "Ka K2 Thinking", "k25": "Ka K2.5", "g5": "Ge-5", "g5-flash": "Ge-5-Flash"}
    lines = [f"- {{id: {one}, type: Model, name: {name}}}" for one, name in models.items()]
    family = "- {id: ka, type: ModelFamily, name: Ka, note: of many}"
    (tmp_path / "models.yaml").write_text("\n".join(["entities:", *lines, family, ""]), encoding="utf-8")
    host = "- {id: had, subject: alfa, predicate: HOSTS, object: %s, status: confirmed, scope: '%s', sources: [page]}"
    found = codes(tmp_path, host % (held, scope))
    assert found == [("MODELS", HEAD.count("\n") + 1)] * len(told)
    said = [problem.message for problem in kinds_of(read_seeds(tmp_path))]
    assert said == [f"'had' is a fact on '{held}', and its scope speaks of '{other}'" for other in told]


def test_check_names_them_with_their_place_and_passes(tmp_path: Path) -> None:
    codes(tmp_path, TIE + "announced: 2026-09-01}")
    done = chinaai("check", "--seeds", str(tmp_path))
    assert done.returncode == 0
    assert "1 doubts" in done.stdout
    column = (TIE + "announced: 2026").index("2026") + 1
    assert (
        f"doubt: facts.yaml:21:{column} BEGINNING 'tie' was made known on 2026-09-01; when it began is not said"
        in done.stderr
    )
    assert "beginning: unknown" in done.stderr


def test_audit_counts_what_stands(tmp_path: Path) -> None:
    codes(tmp_path, TIE + "announced: 2026-09-01}\n" + FALL + "as_of: 2026-09-01}")
    found = json.loads(chinaai("audit", "--json", "--seeds", str(tmp_path)).stdout)
    assert found["doubts"] == {**dict.fromkeys(KINDS, 0), "BEGINNING": 1, "SPAN": 1, "OTHER-LAW": 0}
    assert found["places"]["SPAN"] == [
        f"facts.yaml:22:{FALL.index('price_change') + 1} 'fall' is a change without its span"
    ]


ENTRY = """sources:
- {id: s.fil, publisher: NPC, title: 'Foreign Investment Law of the PRC (text)', kind: official}
- {id: s.sh, publisher: Shine, title: Shanghai opens an office, kind: news}
authorities:
- {id: a.npc, name: National Congress, level: national, role: makes law, sources: [s.fil]}
instruments:
- {id: i.fil, name: Foreign Investment Law, kind: law, issuers: [a.npc], status: in-force, summary: x}
- {id: i.reg, name: Market Entity Registration Regulations, kind: rule, issuers: [a.npc], status: in-force, summary: x}
prohibitions:
- id: p.x
  name: One may not
  summary: one may not
  legal_basis:
  - at: i.%s.3
    says: something
    checked: {verdict: confirmed, source: %s}
    verified: true
"""


@pytest.mark.parametrize(("law", "page", "found"), [("reg", "s.fil", 1), ("fil", "s.fil", 0), ("reg", "s.sh", 0)])
def test_a_citation_whose_page_is_another_law(tmp_path: Path, law: str, page: str, found: int) -> None:
    (tmp_path / "law.yaml").write_text(ENTRY % (law, page), encoding="utf-8")
    told = list(other_law(read_entry(tmp_path)))
    assert [problem.code for problem in told] == ["OTHER-LAW"] * found
    if found:
        line = ENTRY[: ENTRY.index("checked:")].count("\n") + 1
        assert (told[0].line, "its page s.fil is of i.fil" in told[0].message) == (line, True)


def doubts(folder: Path, head: str, block: str) -> list[str]:
    """What is said of the kinds, less file and line."""
    (folder / "facts.yaml").write_text(head + block + "\n", encoding="utf-8")
    (folder / "about.yaml").write_text("reviewed: 2026-11-24\nlicence: CC-BY-4.0\n", encoding="utf-8")
    return [str(problem).split(" ", 1)[1] for problem in kinds_of(read_seeds(folder))]


@pytest.mark.parametrize(
    ("page", "day"),
    [
        ("url: 'https://a.cn/2026/05/21/x.html'", "2026/05/21"),
        ("url: 'https://a.cn/x-2026-05-21.md'", "2026-05-21"),
        ("url: 'https://a.cn/n/20260521.htm'", "20260521"),
        ("url: 'https://a.cn/2026/05/21/x.html', published: 2026-05-20", None),
        ("url: 'https://a.cn/2026-05/x.html'", None),
        ("url: 'https://a.cn/202605211234'", None),
        ("url: 'https://a.cn/2026-13-41'", None),
    ],
)
def test_a_page_whose_address_bears_its_day(tmp_path: Path, page: str, day: str | None) -> None:
    block = "sources:\n- {id: page, publisher: A Paper, kind: news, " + page + "}"
    said = f"UNDATED 'page' has no day, and its address bears {day}; give `published`, from the page or its address"
    assert doubts(tmp_path, "", block) == ([said] if day else [])


@pytest.mark.parametrize(
    ("one", "other", "told"),
    [("Wire", "Wire via G Paper", 0), ("Wire via G Paper", "Wire", 0), ("Wire", "Wired", 1), ("Wire", "H Paper", 1)],
)
def test_a_page_whose_publishers_bear_one_name_is_no_doubt(tmp_path: Path, one: str, other: str, told: int) -> None:
    """In whatever order the two stand: where a copy names whose word it is, the confidence counts one voice."""
    page = "- {id: page%s, publisher: %s, published: 2026-10-01, kind: news, url: 'https://a.cn/x'}\n"
    found = doubts(tmp_path, "", "sources:\n" + page % (1, one) + page % (2, other))
    assert [line.split()[0] for line in found] == ["PAGE"] * told


SAME = TIE + "valid_from: 2023, scope: a lab}\n"


@pytest.mark.parametrize(
    ("change", "twice"),
    [
        (("id: tie", "id: again"), True),
        (("alfa, predicate: PARTNERS_WITH, object: beta", "beta, predicate: PARTNERS_WITH, object: alfa"), True),
        (("id: tie,", "id: again, reading_of: tie,"), False),
        (("scope: a lab", "scope: cars"), False),
        (("valid_from: 2023", "valid_from: 2024"), False),
        (("scope: a lab", "scope: a lab, note: seen anew"), True),
    ],
)
def test_one_fact_under_two_ids_is_a_doubt(tmp_path: Path, change: tuple[str, str], twice: bool) -> None:
    other = SAME.replace(*change).replace("id: tie,", "id: again,")
    hint = "keep one block with the sources of both; where they differ, say in `scope` in what"
    told = [f"TWICE 'again' says what 'tie' says (facts.yaml:21); {hint}"]
    assert doubts(tmp_path, HEAD, SAME + other) == (told if twice else [])


def test_a_figure_under_two_ids_is_a_doubt(tmp_path: Path) -> None:
    figure = FALL + "as_of: 2026-09-30, scope: since June}\n"
    (told,) = doubts(tmp_path, HEAD, figure + figure.replace("id: fall", "id: again"))
    assert told.startswith("TWICE 'again' says what 'fall' says (facts.yaml:21);")
    assert doubts(tmp_path, HEAD, figure + figure.replace("id: fall", "id: again").replace("-24", "-25")) == []


@pytest.mark.parametrize(
    ("names", "told"),
    [
        ("name: 'Gamma,'", "'g' has the name 'Gamma,', with a comma at an end; take it off"),
        (
            "name: Gamma, aliases: ['Bet, Betty']",
            "'g' has one name that reads as 2: 'Bet, Betty'; write each by itself: [Bet, Betty]",
        ),
        (
            "name: Gamma, aliases: [贝塔、贝特]",
            "'g' has one name that reads as 2: '贝塔、贝特'; write each by itself: [贝塔, 贝特]",
        ),
        (
            "name: Gamma, name_zh: Gama",
            "'g' has the Chinese name 'Gama' without a Chinese character; write it under `aliases`, or the Chinese one",
        ),
        ("name: Gamma app, name_zh: Gamma App, aliases: ['Gamma Technology Co., Ltd.', 'G, Inc.']", None),
    ],
)
def test_a_name_that_is_none_is_a_doubt(tmp_path: Path, names: str, told: str | None) -> None:
    head = f"entities:\n- {{id: g, type: Company, {names}}}\n"
    assert doubts(tmp_path, head, "") == ([f"NAME {told}"] if told else [])


def test_a_seat_that_is_nearly_a_place_is_a_doubt(tmp_path: Path) -> None:
    head = "entities:\n- {id: shenzhen, type: Jurisdiction, name: Shenzhen, name_zh: 深圳市, country: CN}\n"
    firms = "".join(
        f"- {{id: f{n}, type: Company, name: F{n}, hq: {seat}}}\n"
        for n, seat in enumerate(("Shenzen", "Shenzhen", "深圳", "Munich / Shenzen", "Munich"))
    )
    hint = "did you mean Shenzhen? else add it as a Jurisdiction"
    assert doubts(tmp_path, head, firms) == [
        f"SEAT '{firm}' has its seat in 'Shenzen', which is no place of the seeds; {hint}" for firm in ("f0", "f3")
    ]
