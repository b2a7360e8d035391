"""Loaders read names by the rule of the questions: the same spellings, and never another company."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from chinaai.graph.model.actors import Company
from chinaai.loaders.build import Shipped
from chinaai.loaders.identity import Identity

DATA = Path(__file__).parents[1] / "data"
_CODE = re.compile(r"\\u([0-9a-f]{4})|\\x([0-9a-f]{2})")


def spellings(name: str) -> list[tuple[str, str]]:
    lines = [line.split("\t") for line in (DATA / name).read_text(encoding="utf-8").splitlines()[1:]]
    return [(_CODE.sub(lambda m: chr(int(m[1] or m[2], 16)), text), meant) for _, text, meant in lines]


@pytest.fixture(scope="module")
def identity(shipped: Shipped) -> Identity:
    return shipped.seeds.identity()


@pytest.mark.parametrize("file", ["spellings.tsv", "spellings-own.tsv"])
def test_spellings_lead_to_the_company_or_nowhere(identity: Identity, file: str) -> None:
    known = [(text, meant) for text, meant in spellings(file) if meant in identity.entities]
    found = {text: identity.find(text, "Company") for text, _ in known}
    wrong = {text: ids for text, meant in known if (ids := found[text]) not in ([], [meant])}
    assert wrong == {}
    missed = [text for text, _ in known if not found[text]]
    assert len(missed) <= 0.05 * len(known), missed


def test_registered_names_lead_to_no_other_company(identity: Identity) -> None:
    """Loaders don't join by a firm's own word, as questions do: they may find nothing, and nothing wrong."""
    meant = {text: one for text, one in spellings("spellings-registered.tsv") if one in identity.entities}
    found = {text: identity.find(text, "Company") for text in meant}
    assert {text: ids for text, ids in found.items() if ids not in ([], [meant[text]])} == {}


@pytest.mark.parametrize("file", ["spellings.tsv", "spellings-own.tsv", "spellings-registered.tsv"])
def test_strangers_lead_nowhere(identity: Identity, file: str) -> None:
    strangers = [(text, meant) for text, meant in spellings(file) if meant[0] in "?!"]
    assert {text: identity.find(text, "Company") for text, _ in strangers} == {text: [] for text, _ in strangers}


def test_listings_have_one_form_in_our_own_data(shipped: Shipped) -> None:
    listed = [
        code for _, loaded in shipped.loaded for node in loaded.batch.nodes for code in node.props.get("tickers") or ()
    ]
    assert len(listed) > 100
    exchanges = {code.split(":")[0] for code in listed}
    assert not exchanges & {"SHA", "SEHK", "HKG", "SHE", "SZ", "SH", "HK"}
    assert [code for code in listed if re.fullmatch(r"HKEX:(\d{1,3}|0\d{4})", code)] == []


def test_a_hint_names_three_things_at_most() -> None:
    """Five companies bear names like the one that was written."""
    names = ("Alfa Motor", "Alfa Motors A", "Alfa Motors B", "Alfa Motors C", "Alfa Motors D")
    some = Identity(Company(id=f"c{i}", name=name) for i, name in enumerate(names))
    assert len(some.near("Alfa Motorz", "Company")) == 3
    assert len(some.near("Alfa Motorz", "Company", limit=5)) == 5
