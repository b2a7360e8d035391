"""What shared statements may use: the same statement, the same rows, on both engines.

Where the embedded engine differs, the case says what it does and why that matters; the day it does as Neo4j
does, the case fails, and the rule against it can go.
"""

from __future__ import annotations

import pytest
from conformance.dialect import CASES, Bench, Case, matches, read_cases

ALL = {f"{path.stem}: {case.name}": case for path in sorted(CASES.glob("*.yaml")) for case in read_cases(path.name)}
SAME = {name: case for name, case in ALL.items() if case.instead is None}
DIFFERENT = {name: case for name, case in ALL.items() if case.instead is not None}


@pytest.mark.parametrize("name", SAME)
def test_both_engines_answer_alike(bench: Bench, name: str) -> None:
    found = bench.outcome(SAME[name])
    assert matches(found, SAME[name].expected), found


@pytest.mark.parametrize("name", DIFFERENT)
def test_known_differences_are_as_they_were(bench: Bench, name: str) -> None:
    case = DIFFERENT[name]
    wanted = case.instead if bench.endpoint.engine == "embedded" else case.expected
    assert wanted is not None
    found = bench.outcome(case)
    assert matches(found, wanted), found


def test_a_difference_says_why_it_matters() -> None:
    assert [name for name, case in DIFFERENT.items() if not case.why or case.instead == case.expected] == []


def test_no_two_cases_bear_one_name() -> None:
    assert len(ALL) == sum(len(read_cases(path.name)) for path in CASES.glob("*.yaml"))


def _unused(case: Case) -> bool:
    return any(f"${name}" not in case.cypher for name in case.params)


def test_every_parameter_is_used() -> None:
    assert [name for name, case in ALL.items() if _unused(case)] == []
