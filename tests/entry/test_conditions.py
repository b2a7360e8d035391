"""Conditions: read from data, refused with their place, true, false or open by Kleene's strong logic, told in words."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest
from chinaai.graph.entry.condition import Condition
from chinaai.graph.entry.facts import domain_of
from chinaai.graph.entry.rules import Rules
from chinaai.loaders.entry import check_entry, read_entry

SMALL = Path(__file__).resolve().parents[1] / "data" / "entry"
TODAY = date(2026, 11, 28)


@pytest.fixture(scope="module")
def rules() -> Rules:
    seeds = read_entry(SMALL)
    assert check_entry(seeds, TODAY) == []
    return Rules(seeds.graph())


TRUTH = [
    ({"paid": "yes"}, {"paid": "yes"}, True),
    ({"paid": "yes"}, {"paid": "no"}, False),
    ({"paid": "yes"}, {}, None),
    ({"not": {"paid": "yes"}}, {}, None),
    ({"paid": "yes", "public": "yes"}, {"public": "no"}, False),
    ({"paid": "yes", "public": "yes"}, {"public": "yes"}, None),
    ({"any": [{"paid": "yes"}, {"public": "yes"}]}, {"public": "yes"}, True),
    ({"any": [{"paid": "yes"}, {"public": "yes"}]}, {"public": "no"}, None),
    ({"users": {"from": "1m-10m"}}, {"users": "from-10m"}, True),
    ({"users": {"from": "1m-10m"}}, {"users": "under-1m"}, False),
    ({"users": {"from": "under-1m", "below": "from-10m"}}, {"users": "from-10m"}, False),
    ({"foreign": "yes"}, {"seat": "CN"}, False),
    ({"foreign": "no"}, {"seat": "CN"}, True),
    ({"foreign": "yes"}, {}, None),
    ({"day": {"from": "2027-01-01"}}, {"day": "2026-12-31"}, False),
    ({"day": {"from": "2027-01-01"}}, {"day": "2027-01-01"}, True),
    ("always", {}, True),
    ("chosen", {}, False),
]


@pytest.mark.parametrize(("written", "values", "truth"), TRUTH, ids=str)
def test_truth(rules: Rules, written: object, values: dict[str, str], truth: bool | None) -> None:
    condition = Condition(written)
    assert rules.domain.truth(condition, values) is truth
    assert bool(rules.domain.depends_on(condition, values)) is (truth is None)


def test_words_in_both_languages(rules: Rules) -> None:
    condition = Condition({"public": "yes", "any": [{"paid": "yes"}, {"users": {"from": "1m-10m"}}]})
    assert rules.words.condition(condition) == (
        "is offered to the public and (is paid for or Users is at least “one to ten million”)"
    )
    assert rules.words.condition(condition, "zh") == "面向公众且（收费或用户数不低于「一百万至一千万」）"


QUOTED = "{public: 'yes'}"
REFUSED = [
    ("when: {public: 'yes'}\n", "when: {publik: 'yes'}\n", "UNKNOWN-FACT", "did you mean public?"),
    ("when: {public: 'yes'}\n", "when: {public: perhaps}\n", "VALUE", "use yes, no"),
    ("{users: {from: 1m-10m}}", "{users: {from: many}}", "VALUE", "use under-1m, 1m-10m, from-10m"),
    ("{users: {from: 1m-10m}}", "{paid: {from: 'yes'}}", "VALUE", "write a list of values"),
    ("{paid: 'yes', provider: own-company}", "{paid: 'yes', all: [{paid: 'no'}]}", "NEVER", "exclude each other"),
    ("when: {not: {seat: CN}}}\n", "when: {any: [{paid: 'yes'}, {paid: 'no'}]}}\n", "ALWAYS", "write `always`"),
    ("sets: {provider: operator}", "sets: {provider: nobody}", "VALUE", "use own-company, operator, abroad"),
    ("sets: {provider: operator}", "sets: {foreign: 'yes'}", "VALUE", "derived"),
]


@pytest.mark.parametrize(("old", "new", "code", "hint"), REFUSED, ids=[f"{c[2]} {c[1]}" for c in REFUSED])
def test_a_wrong_condition_is_refused_at_its_line(tmp_path: Path, old: str, new: str, code: str, hint: str) -> None:
    folder = tmp_path / "entry"
    shutil.copytree(SMALL, folder)
    path = folder / "rules.yaml"
    text = path.read_text("utf-8")
    assert old in text
    path.write_text(text.replace(old, new, 1), "utf-8")
    line = text[: text.index(old)].count("\n") + 1
    found = [p for p in check_entry(read_entry(folder), TODAY) if p.code == code]
    assert [(p.line, hint in f"{p.message} {p.hint}") for p in found][:1] == [(line, True)], found
    assert found[0].column > 1


def test_a_ring_of_named_conditions_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "entry"
    shutil.copytree(SMALL, folder)
    path = folder / "rules.yaml"
    path.write_text(path.read_text("utf-8").replace("when: {not: {seat: CN}}}", "when: {foreign: 'yes'}}", 1), "utf-8")
    assert "CYCLE" in {p.code for p in check_entry(read_entry(folder), TODAY)}


def test_a_duty_that_nothing_triggers_is_told(tmp_path: Path) -> None:
    folder = tmp_path / "entry"
    shutil.copytree(SMALL, folder)
    path = folder / "rules.yaml"
    before, after = path.read_text("utf-8").split("- id: r.later\n")
    path.write_text(f"{before}- id: r.later\n{after.replace(QUOTED, 'chosen', 1)}", "utf-8")
    found = [(p.code, p.message) for p in check_entry(read_entry(folder), TODAY)]
    assert found == [("DANGLING", "nothing can trigger the duty 'r.later'")]


def test_the_domain_of_open_facts(rules: Rules) -> None:
    domain = domain_of(rules.graph.facts)
    assert domain.can(Condition({"seat": ["US", "DE"]}).node, {}, True)
    assert not domain.can(Condition({"seat": "US", "foreign": "no"}).node, {}, True)
