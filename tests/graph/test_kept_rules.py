"""Rules that a small slip of the hand would change without a word; each is tried at its edge."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import pytest
from chinaai.graph.apply import check_removals
from chinaai.graph.entry.gate import GateEvidence, Row, Tier, gate_evidence, rows_seen
from chinaai.graph.errors import StoreError
from chinaai.graph.model import EDGES
from chinaai.graph.nearest import nearest
from chinaai.graph.plan import LoadError, LoadPlan
from chinaai.graph.read_only import check_reads
from chinaai.graph.seen import no_formula
from chinaai.loaders import unchanged
from chinaai.queries import words
from chinaai.queries.params import Param, QueryError, bind, choice
from chinaai.queries.rows import ObservationRow, TieRow


@pytest.mark.parametrize(
    ("held", "closed", "refused"),
    [(1000, 200, False), (1000, 201, True), (30, 20, False), (30, 21, True), (60, 21, True), (200, 40, False)],
)
def test_more_than_a_fifth_and_more_than_twenty_closed_asks_for_a_word(held: int, closed: int, refused: bool) -> None:
    plan = LoadPlan("d", close_nodes=[("Company", str(i)) for i in range(closed)], unchanged=held - closed)
    check_removals(plan, allow=True)
    if refused:
        with pytest.raises(LoadError, match=f"would close {closed} of {held} elements"):
            check_removals(plan, allow=False)
    else:
        check_removals(plan, allow=False)


def test_what_is_mended_in_the_same_load_is_held_too() -> None:
    """21 closed and 60 mended of 105: no more than a fifth."""
    plan = LoadPlan("d", close_nodes=[("Company", str(i)) for i in range(21)], changed=60, unchanged=24)
    check_removals(plan, allow=False)


def test_a_fingerprint_knows_the_code(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "seeds").mkdir()
    for folder in ("graph", "loaders", "queries"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.py").write_text("1", encoding="utf-8")
    monkeypatch.setattr(unchanged, "_PACKAGE", tmp_path)
    first = unchanged.fingerprint(tmp_path / "seeds")
    (tmp_path / "queries" / "a.py").write_text("2", encoding="utf-8")
    assert unchanged.fingerprint(tmp_path / "seeds") == first  # answers change nothing of what stands
    for folder in ("graph", "loaders"):
        (tmp_path / folder / "a.py").write_text("2", encoding="utf-8")
        assert unchanged.fingerprint(tmp_path / "seeds") != first
        (tmp_path / folder / "a.py").write_text("1", encoding="utf-8")
    assert unchanged.fingerprint(tmp_path / "seeds") == first


@pytest.mark.parametrize("word", ["FOREACH (x IN [1] | SET n.a = x)", "CREATE (n)", "MERGE (n)", "DELETE n"])
def test_words_that_write_are_refused(word: str) -> None:
    with pytest.raises(StoreError, match="this connection reads only"):
        check_reads(word, "here")


@pytest.mark.parametrize("text", ["@SUM(A1)", "=1+1", "+1+1", "-1+1", "\t=1", "\r=1"])
def test_a_cell_that_begins_like_a_formula_stays_text(text: str) -> None:
    assert no_formula(text) == "'" + text
    assert (no_formula("-5"), no_formula("a@b"), no_formula("1=1")) == ("-5", "a@b", "1=1")


def test_the_rule_of_a_day_has_all_its_parts() -> None:
    rule = words.in_force("r")
    for part in (
        "(r.known_from IS NULL OR r.known_from <= $as_of)", "(r.valid_to IS NULL OR r.valid_to > $as_of)",
        "coalesce(r.status, '') <> 'denied'", "r.retired IS NULL", "coalesce(r.preferred, true)",
    ):  # fmt: skip
        assert part in rule
    assert "preferred" not in words.in_force_either("r") and "valid_to" not in words.known("r")


def test_evidence_has_the_columns_of_its_row() -> None:
    tie = words.expand("MATCH (:X)-[r:OF]->(:Y) WHERE {{stands(r)}} RETURN {{evidence(r)}}", TieRow)
    assert "r.as_of AS seen" in tie and tie.count(" AS ") == 10
    figure = words.expand("MATCH (o) RETURN {{evidence(o)}}", ObservationRow)
    assert "since" not in figure and "o.scope AS scope" in figure


def test_choices_are_exact() -> None:
    assert choice("actor", "fie", ["fie", "offshore"]) == "fie"
    with pytest.raises(QueryError, match="'actor' can't be 'FIE'; did you mean fie\\? use fie or offshore"):
        choice("actor", "FIE", ["fie", "offshore"])


def test_a_choice_may_have_further_names() -> None:
    names = {"Foreign group": "fie", "外资": "fie", "境外": "offshore", "车载语音助手": "in-car"}
    found = [choice("actor", word, ["fie", "offshore"], names) for word in ("FIE", "外資", "foreign-group", "境外")]
    assert found == ["fie", "fie", "fie", "offshore"]
    told = "'actor' can't be '语音助手'; did you mean in-car? use fie, offshore or in-car"
    with pytest.raises(QueryError, match=re.escape(told)):
        choice("actor", "语音助手", ["fie", "offshore", "in-car"], names)
    with pytest.raises(QueryError, match="'actor' can't be ''; use fie or offshore"):
        choice("actor", "", ["fie", "offshore"], names)


def test_a_guess_is_near_what_was_written() -> None:
    standings, owners = ["founded", "in office", "left"], ["foreign", "domestic"]
    for word in ("gone", "foreign", "office hours of many"):
        with pytest.raises(QueryError, match=f"'standing' can't be '{word}'; use founded, in office or left"):
            choice("standing", word, standings)
    assert [nearest(word, standings) for word in ("in-office", "fouded", "Lefft")] == [
        ["in office"],
        ["founded"],
        ["left"],
    ]
    assert [nearest(word, owners) for word in ("foreing", "foreign-owned", "gone")] == [["foreign"], ["foreign"], []]
    assert nearest("备安", ["备案", "登记"]) == ["备案"] and nearest("许可", ["备案", "登记"]) == []
    assert nearest("PARTNRS_WITH", ["OF", "PARTNERS_WITH"]) == nearest("partners_with", ["PARTNERS_WITH"])


def test_what_is_left_out_takes_its_default() -> None:
    params = {
        "n": Param(type="integer", about="n", default=3, least=1),
        "d": Param(type="date", about="d", default="today"),
    }
    day = date(2026, 11, 24)
    assert bind("q", params, {}, lambda name, labels: name, day) == {"n": 3, "d": day}
    assert bind("q", params, {"n": "1"}, lambda name, labels: name, day)["n"] == 1


def test_bare_facts_are_few() -> None:
    assert {name: edge.bare_from for name, edge in EDGES.items() if edge.bare_from} == {
        "FOR_SERVICE": ("EntryPlan", "Case"), "ISSUED_BY": ("Instrument",), "PART_OF": ("Article", "Jurisdiction"),
        "SATISFIES": ("Filing",),
    }  # fmt: skip


def test_of_two_gates_on_one_level_the_one_that_more_rows_took_comes_first() -> None:
    """The level comes first of all: three rows of the same kind weigh more than ninety of other owners."""
    gates = {
        "most": GateEvidence("registration", "same-kind", took=18, other=2),
        "half": GateEvidence("filing", "same-kind", took=10, other=10),
        "few": GateEvidence("filing", "same-kind", took=1, other=2),
        "elsewhere": GateEvidence("filing", "other-owners", took=90, other=0),
    }
    assert sorted(gates, key=lambda name: gates[name].place()) == ["most", "half", "few", "elsewhere"]


@pytest.mark.parametrize(("others", "tier", "other"), [(1, "rule", 0), (2, "contradicted", 2), (4, "contradicted", 4)])
def test_one_row_of_the_other_gate_says_too_little_and_two_contradict(others: int, tier: str, other: int) -> None:
    rows = [Row(f"r{n}", "registration", True, frozenset(), frozenset({"chat"}), None) for n in range(others)]
    found = gate_evidence("filing", rows, "chat", foreign=True)
    assert (found.tier, found.took, found.other) == (tier, 0, other)


def test_a_single_row_of_the_kind_decides_nothing() -> None:
    """Honda registered the first foreign assistant in cars, and Mercedes, Tesla and Volvo filed theirs."""
    given = [("registration", "car"), *3 * [("filing", "chat")]]
    rows = [Row(f"r{n}", gate, True, frozenset(), frozenset({kind}), None) for n, (gate, kind) in enumerate(given)]
    found = [gate_evidence(gate, rows, "car", foreign=True) for gate in ("filing", "registration")]
    assert [(one.tier, one.took, one.other) for one in found] == [("same-owners", 3, 1), ("same-owners", 1, 3)]
    rows.append(Row("r9", "registration", True, frozenset(), frozenset({"car"}), None))
    assert gate_evidence("registration", rows, "car", foreign=True).tier == "same-kind"


@pytest.mark.parametrize("foreign", [False, None])
def test_rows_of_one_kind_close_no_gate_to_domestic_owners(foreign: bool | None) -> None:
    """Their gate follows from the model, which no row prints: that three clinics registered bars no filing."""
    given = [*8 * [("filing", "chat")], ("registration", "chat"), *3 * [("registration", "health")]]
    rows = [Row(f"r{n}", gate, False, frozenset(), frozenset({kind}), None) for n, (gate, kind) in enumerate(given)]
    few = gate_evidence("registration", rows, "chat", foreign=foreign)
    assert (few.tier, few.took, few.other) == ("same-kind", 1, 8)
    none = gate_evidence("filing", rows, "health", foreign=foreign)
    assert (none.tier, none.took, none.other) == ("same-owners", 8, 4)


@pytest.mark.parametrize("text", ["-12.5", "-3", "+0.7", "-1e-05"])
def test_a_number_with_a_sign_stays_a_number(text: str) -> None:
    assert no_formula(text) == text


@pytest.mark.parametrize("text", ["-1+1", "-", "+A1", "-2 Mio."])
def test_what_only_begins_like_a_number_stays_text(text: str) -> None:
    assert no_formula(text) == "'" + text


def test_a_row_of_the_register_is_read_from_the_day_on_which_it_is_listed() -> None:
    rows = [
        Row(f"r{day}", "filing", True, frozenset(), frozenset({"chat"}), date(2026, 7, day) if day else None)
        for day in (0, 7, 8, 9)
    ]
    assert [row.id for row in rows_seen(rows, date(2026, 7, 8))] == ["r7", "r8"]
    assert [row.id for row in rows_seen(rows, date(2026, 7, 8), {"r8"})] == ["r7"]
    assert rows_seen(rows, None) == rows


def test_rows_speak_louder_than_the_text_of_a_rule_and_that_than_rows_against_it() -> None:
    tiers: list[Tier] = ["contradicted", "rule", "other-owners", "same-owners", "same-kind", "own"]
    found = [GateEvidence("filing", tier, 1, 0) for tier in tiers]
    assert [one.tier for one in sorted(found, key=GateEvidence.place)] == tiers[::-1]
