"""Whose a row of the register is on a day: an owner before it sold is none after, and one that came later is none yet.

Alpha owned the legal entity that filed Alpha Chat to the end of 2024; Beta bought it, and one source says that Gamma
did, which is denied. The filing stands since March 2024; Delta Motor's cars run on Beta's model since 2023. Delta had a
licence in a case that was closed in June 2025.
"""

from __future__ import annotations

from datetime import date

import pytest
from chinaai.face import KnowledgeGraph
from chinaai.graph.store import Store
from chinaai.queries.entry.company import _FILINGS, _PROOFS
from chinaai.queries.entry.from_store import register_rows
from chinaai.queries.entry.inferred import model_contract
from chinaai.queries.entry.partners import _SAME_KIND

SOLD = date(2025, 1, 1)
MADE = """
CREATE (l:ChinaAI:LegalEntity {id: 'le', name: '甲公司'})
CREATE (f:ChinaAI:Filing {id: 'f', name: 'Alpha Chat', kind: 'filing', kind_zh: '备案', number: 'N1',
  listed: date('2024-03-31'), known_from: date('2024-03-31'), confidence: 0.9, sources: ['register']})
CREATE (v:ChinaAI:Service {id: 'v', name: 'Alpha Chat'})
CREATE (k:ChinaAI:ServiceKind {id: 'chatbot', name: 'Chatbot', keys: ['chatbot']})
CREATE (m:ChinaAI:Requirement {id: 'r.file', name: 'Filing'})
CREATE (a:ChinaAI:Company {id: 'alpha', name: 'Alpha'})
CREATE (b:ChinaAI:Company {id: 'beta', name: 'Beta', country: 'CN'})
CREATE (g:ChinaAI:Company {id: 'gamma', name: 'Gamma'})
CREATE (d:ChinaAI:Company {id: 'delta', name: 'Delta Motor'})
CREATE (q:ChinaAI:Model {id: 'beta-1', name: 'Beta 1'})
CREATE (f)-[:FILED_BY]->(l)
CREATE (f)-[:COVERS]->(v)
CREATE (v)-[:FOR_SERVICE]->(k)
CREATE (f)-[:SATISFIES]->(m)
CREATE (l)-[:SUBSIDIARY_OF {fact_id: 'l-a', status: 'confirmed', known_from: date('2020-01-01'), valid_to: $sold,
  confidence: 0.9, sources: ['page']}]->(a)
CREATE (l)-[:SUBSIDIARY_OF {fact_id: 'l-b', status: 'confirmed', known_from: $sold, confidence: 0.9,
  sources: ['page']}]->(b)
CREATE (l)-[:SUBSIDIARY_OF {fact_id: 'l-g', status: 'denied', known_from: $sold, confidence: 0.9,
  sources: ['page']}]->(g)
CREATE (b)-[:DEVELOPED {fact_id: 'b-q', status: 'confirmed', confidence: 0.9, sources: ['page']}]->(q)
CREATE (d)-[:EMBEDS {fact_id: 'd-q', status: 'confirmed', known_from: date('2023-01-01'), confidence: 0.9,
  sources: ['page']}]->(q)
CREATE (d)-[:PARTNERS_WITH {fact_id: 'd-b', status: 'confirmed', known_from: date('2023-01-01'), confidence: 0.9,
  sources: ['page']}]->(b)
CREATE (z:ChinaAI:Case {id: 'z', name: 'Delta maps', status: 'ended', status_from: date('2025-06-01'),
  known_from: date('2023-01-01')})
CREATE (z)-[:CASE_OF {role: 'company'}]->(d)
CREATE (z)-[:SATISFIES {fact_id: 'z-m', known_from: date('2023-05-01'), says: 'It has a licence.', confidence: 0.9,
  sources: ['page']}]->(m)
"""


@pytest.fixture
def sold(store: Store) -> Store:
    store.write([(MADE, {"sold": SOLD})])
    return store


@pytest.mark.parametrize(
    ("day", "owners"), [("2024-06-30", {"alpha"}), ("2024-12-31", {"alpha"}), ("2025-01-01", {"beta"})]
)
def test_a_row_is_its_owners_of_the_day(sold: Store, day: str, owners: set[str]) -> None:
    asked = date.fromisoformat(day)
    assert [(row.id, row.companies) for row in register_rows(sold, asked)] == [("f", frozenset(owners))]
    everyone = ["alpha", "beta", "gamma", "delta"]
    holders = {one for one in everyone if sold.read(_FILINGS, ids=[one], as_of=asked)}
    assert holders == owners
    assert {row["id"] for row in sold.read(_SAME_KIND, service="chatbot", as_of=asked)} == owners


def test_a_row_that_comes_later_is_nobodys_yet(sold: Store) -> None:
    before = date(2024, 3, 30)
    assert sold.read(_FILINGS, ids=["alpha"], as_of=before) == []
    assert sold.read(_SAME_KIND, service="chatbot", as_of=before) == []


def test_a_maker_is_one_of_a_filed_model_from_the_day_that_it_owns_a_filing(sold: Store) -> None:
    kg = KnowledgeGraph(sold)
    assert model_contract(kg, ["delta"], date(2024, 12, 31)) == {}
    known = model_contract(kg, ["delta"], SOLD)["model-contract"]
    assert (known.value, known.why) == ("yes", "Delta Motor uses Beta 1 of Beta, and works with Beta (d-b)")


def test_a_filing_that_was_listed_later_makes_no_maker_of_a_filed_model(sold: Store) -> None:
    sold.write([("MATCH (f:ChinaAI:Filing {id: 'f'}) SET f.known_from = date('2025-06-30')", {})])
    kg = KnowledgeGraph(sold)
    assert model_contract(kg, ["delta"], SOLD) == {}
    assert set(model_contract(kg, ["delta"], date(2025, 6, 30))) == {"model-contract"}


@pytest.mark.parametrize(
    ("day", "seen"),
    [("2023-04-30", []), ("2023-05-01", ["z-m"]), ("2025-05-31", ["z-m"]), ("2025-06-01", [])],
)
def test_what_a_case_showed_counts_until_the_case_was_closed(sold: Store, day: str, seen: list[str]) -> None:
    rows = sold.read(_PROOFS, ids=["delta"], as_of=date.fromisoformat(day))
    assert [row["fact_id"] for row in rows] == seen


@pytest.mark.parametrize("status", ["refused", "announced"])
def test_a_case_that_came_to_nothing_or_is_a_plan_shows_nothing(sold: Store, status: str) -> None:
    sold.write([("MATCH (z:ChinaAI:Case {id: 'z'}) SET z.status = $status, z.status_from = NULL", {"status": status})])
    assert sold.read(_PROOFS, ids=["delta"], as_of=SOLD) == []


def test_a_tie_that_ended_since_is_told_as_it_stood(sold: Store) -> None:
    text = "MATCH ()-[t:PARTNERS_WITH {fact_id: 'd-b'}]->() SET t.status = 'ended', t.valid_to = $over"
    sold.write([(text, {"over": date(2025, 6, 1)})])
    kg = KnowledgeGraph(sold)
    known = model_contract(kg, ["delta"], SOLD)["model-contract"]
    assert [one.text for one in known.evidence] == [
        "Delta Motor uses Beta 1 of Beta, and works with Beta (d-b)", "tie with Beta that ended later",
    ]  # fmt: skip
    over = model_contract(kg, ["delta"], date(2025, 6, 1))["model-contract"]
    assert (over.value, over.why) == (None, "Delta Motor uses Beta 1 of Beta; no tie with its maker is on record")
