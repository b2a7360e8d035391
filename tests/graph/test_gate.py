"""The gate at the store: each kind of wrong batch is refused in words, on both engines, and nothing is written."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from chinaai.graph.elements import Batch, Edge, Node, Stream
from chinaai.graph.gate import admit
from chinaai.graph.model.values import EXCHANGES
from chinaai.graph.problems import InputError
from chinaai.graph.store import Store
from chinaai.graph.tickers import written
from chinaai.loaders.base import Loaded, load

TODAY = date(2026, 11, 24)
CITED: dict[str, Any] = {
    "status": "reported", "confidence": 0.4, "confidence_why": "news 0.40", "weak": False, "sources": ["a-page"],
    "known_from": date(2026, 1, 5),
}  # fmt: skip
SOURCE = Node("Source", "a-page", {"name": "A page", "publisher": "Paper", "kind": "news", "licence": "unknown"})
ACME = Node("Company", "acme", {"name": "Acme", "country": "CN"})
BETA = Node("Company", "beta", {"name": "Beta", "country": "DE"})
CHIP = Node("Chip", "c1", {"name": "C1"})


def edge(kind: str = "PARTNERS_WITH", start: Node = ACME, end: Node = BETA, **props: Any) -> Edge:
    """A fact with all its evidence, save what the case changes; None leaves a property out."""
    return Edge(kind, "a-fact", (start.label, start.id), (end.label, end.id), {**CITED, **props})


def batch(*elements: Node | Edge) -> Batch:
    """A batch of a stranger, made by hand."""
    made = Batch("strange", [SOURCE, ACME, BETA, CHIP])
    made.nodes += [item for item in elements if isinstance(item, Node)]
    made.edges += [item for item in elements if isinstance(item, Edge)]
    return made


def node(label: str = "Company", key: str = "new", **props: Any) -> Node:
    return Node(label, key, {"name": "New", **props})


def _odd(*parts: Any) -> Any:
    """Parts of an element that no type checker would let pass."""
    return parts


def _changed(**parts: Any) -> Any:
    return parts


LONG = "x" * 121
#: What is wrong, and the whole of what is said after "data set strange ".
WRONG: dict[str, tuple[Node | Edge, str]] = {
    # the seven of a store that took anything
    "ends of the wrong type": (
        edge("ISSUED_BY", CHIP, ACME),
        "EDGE-END 'a-fact': ISSUED_BY can't start at the type 'Chip'; allowed: Instrument, ControlList",
    ),
    "status": (
        edge(status="rumour"),
        "VALUE 'a-fact': status can't be 'rumour'; should be 'announced', 'reported', 'confirmed', 'denied' or 'ended'",
    ),
    "confidence": (
        edge(confidence=7.0),
        "VALUE 'a-fact': confidence can't be 7.0; should be less than or equal to 1; "
        "By the rule of docs/confidence.md.",
    ),
    "no source": (
        edge(sources=None),
        "NO-EVIDENCE 'a-fact': PARTNERS_WITH needs 'sources'; Ids of the sources that say it.",
    ),
    "unknown edge type": (edge("LIKES"), "UNKNOWN-TYPE 'a-fact': unknown edge type 'LIKES'; "),
    "unknown node type": (node("Planet"), "UNKNOWN-TYPE 'new': unknown node type 'Planet'; "),
    "empty name": (node(name=""), "VALUE 'new': name can't be ''; "),
    "country": (node(country="Narnia"), "VALUE 'new': country can't be 'Narnia'; "),
    "country of two letters": (node(country="QQ"), "VALUE 'new': country can't be 'QQ'; 'QQ' is no country; "),
    "undeclared property": (
        node(founder="Nobody"),
        "UNKNOWN-PROPERTY 'new': Company has no property 'founder'; ",
    ),
    "unknown source": (
        edge(sources=["no-such-source"]),
        "MISSING-NODE 'a-fact': Source 'no-such-source' does not stand; load it first, or put it into the batch",
    ),
    # their kin
    "source that is no source": (edge(sources=["acme"]), "MISSING-NODE 'a-fact': 'acme' is no Source but Company; "),
    "no status": (edge(status=None), "NO-EVIDENCE 'a-fact': PARTNERS_WITH needs 'status'; "),
    "no confidence": (edge(confidence=None), "NO-EVIDENCE 'a-fact': PARTNERS_WITH needs 'confidence'; "),
    "no sources but an empty list": (edge(sources=[]), "NO-EVIDENCE 'a-fact': PARTNERS_WITH needs 'sources'; "),
    "confidence that is no number": (edge(confidence="high"), "VALUE 'a-fact': confidence can't be 'high'; "),
    "confidence not a number": (edge(confidence=float("nan")), "VALUE 'a-fact': confidence can't be nan; "),
    "confidence true": (edge(confidence=True), "VALUE 'a-fact': confidence can't be True; "),
    "end at the wrong type": (
        edge("LISTED_ON"),
        "EDGE-END 'a-fact': LISTED_ON can't end at the type 'Company'; allowed: Exchange",
    ),
    "end that lies about its type": (
        edge(end=Node("Fund", "beta")),
        "MISSING-NODE 'a-fact': 'beta' is no Fund but Company; name the type that it has",
    ),
    "end that does not stand": (
        edge(end=Node("Company", "nowhere")),
        "MISSING-NODE 'a-fact': Company 'nowhere' does not stand; load it first, or put it into the batch",
    ),
    "property of another edge": (edge(share="wholly"), "UNKNOWN-PROPERTY 'a-fact': PARTNERS_WITH has no property "),
    "property mistyped": (
        edge(produkt="phone"),
        "UNKNOWN-PROPERTY 'a-fact': PARTNERS_WITH has no property 'produkt'; did you mean product?",
    ),
    "date that is text": (edge(known_from="2026-01-05"), "VALUE 'a-fact': known_from can't be '2026-01-05'; "),
    "text that is no date": (edge(announced="spring"), "VALUE 'a-fact': announced can't be 'spring'; "),
    "day that no month has": (edge(since="2025-02-30"), "VALUE 'a-fact': since can't be '2025-02-30'; "),
    "list with a number": (node(aliases=["N", 7]), "VALUE 'new': aliases can't be 7; "),
    "text where a list is due": (node(aliases="N"), "VALUE 'new': aliases can't be 'N'; "),
    "choice": (node(kind="firm"), "VALUE 'new': kind can't be 'firm'; "),
    "website": (node(website="javascript:alert(1)"), "VALUE 'new': website can't be 'javascript:alert(1)'; "),
    "id with a space": (node(key="New One"), "VALUE 'New One': id can't be 'New One'; "),
    "id too long": (node(key=LONG), f"VALUE '{LONG}': id can't be '{LONG[:59]}; "),
    "id of a fact": (replace(edge(), fact_id="A Fact"), "VALUE 'A Fact': fact_id can't be 'A Fact'; "),
    "no name": (Node("Company", "new"), "MISSING-PROPERTY 'new': Company needs 'name'; "),
    "id twice": (node(key="acme"), "DUPLICATE-ID 'acme': the node id stands twice; "),
    "conflict": (edge(conflict="none"), "MISSING-NODE 'a-fact': Conflict 'conflict.none' does not stand; "),
    "structure with what it can't carry": (
        Edge("OF", "a-fact", ("Observation", "obs"), ("Company", "acme"), {"confidence": 0.5}),
        "UNKNOWN-PROPERTY 'a-fact': OF has no property 'confidence'; ",
    ),
    "observation without evidence": (
        node("Observation", metric="revenue", value=1.0, unit="USD"),
        "NO-EVIDENCE 'new': Observation needs 'status'; ",
    ),
    "bare fact of a type that may be bare, of somebody else's node": (
        Edge("ISSUED_BY", "a-fact", ("Instrument", "law"), ("Authority", "body")),
        "NO-EVIDENCE 'a-fact': ISSUED_BY needs 'status'; ",
    ),
    "source without a licence class": (
        Node("Source", "new", {"name": "N", "publisher": "P", "kind": "news", "licence": "MIT"}),
        "VALUE 'new': licence can't be 'MIT'; should be 'open', 'non-commercial' or 'unknown'",
    ),
    "source of no kind": (
        Node("Source", "new", {"name": "N", "publisher": "P", "kind": "gossip"}),
        "VALUE 'new': kind can't be 'gossip'; ",
    ),
}


#: What is wrong as Python, as a value that no database holds, or between two values that are right by themselves.
BAD_SOURCE = {"name": "N", "publisher": "P", "kind": "news"}
FIGURE: dict[str, Any] = {"metric": "revenue", "value": 1.0, "unit": "USD", **CITED}
ODD: dict[str, tuple[Any, str]] = {
    "no element": ("acme", "FORM ''acme'': it is no Node but of the type str; nodes of a batch are made with Node(…)"),
    "list of types": (Node(*_odd(["Company"], "new")), "FORM 'new': label can't be ['Company']; write it as one text"),
    "id that is no text": (Node(*_odd("Company", 7)), "FORM '7': id can't be 7; write it as one text"),
    "no properties": (Node(*_odd("Company", "new", None)), "FORM 'new': its properties can't be None; give a dict"),
    "end that is no pair": (
        replace(edge(), **_changed(start="acme")),
        "FORM 'a-fact': start can't be 'acme'; write it as a pair (type, id), as ('Company', 'apple')",
    ),
    "end without an id": (
        replace(edge(), **_changed(end=("Company", None))),
        "FORM 'a-fact': end can't be ('Company', None); write it as a pair (type, id)",
    ),
    "half a character": (node(name="N\ud83d"), "VALUE 'new': name can't be 'N\\ud83d'; "),
    "half a character in an id": (node(key="n\ud800"), "VALUE 'n\\ud800': id can't be 'n\\ud800'; "),
    "half a character in an end": (
        replace(edge(), end=("Company", "\ud800")),
        "FORM 'a-fact': '\\ud800' holds half a character; the text was cut or read in the wrong encoding",
    ),
    "bytes": (edge(note=b"x"), "VALUE 'a-fact': note can't be b'x'; should be a valid string"),
    "set": (edge(sources={"a-page"}), "VALUE 'a-fact': sources can't be {'a-page'}; should be a valid list"),
    "property without a name": (
        replace(edge(), **_changed(props={**CITED, None: "x"})),
        "VALUE 'a-fact': a property can't be named None; write the name of a declared property",
    ),
    "number beyond 64 bits": (
        node("Observation", "obs", **{**FIGURE, "value": 2**70}),
        "VALUE 'obs': value can't be 1180591620717411303424; it is beyond 64 bits",
    ),
    "the first number beyond 64 bits": (
        node("Observation", "obs", **{**FIGURE, "value": 2**63}),
        "VALUE 'obs': value can't be 9223372036854775808; it is beyond 64 bits",
    ),
    "digest of its own making": (
        edge(hash="0" * 32),
        "UNKNOWN-PROPERTY 'a-fact': 'hash' is written by the store itself; leave it out",
    ),
    "date with blanks": (edge(since=" 2026 "), "VALUE 'a-fact': since can't be ' 2026 '; write it as '2026'"),
    "date in wide digits": (edge(since="\uff12026"), "VALUE 'a-fact': since can't be '\uff12026'; write it as '2026'"),
    "ticker in another form": (
        node(tickers=["9988.HK"]),
        "VALUE 'new': tickers can't be '9988.HK'; write it as 'HKEX:9988'",
    ),
    "ticker of no exchange": (node(tickers=["MOON:123"]), "VALUE 'new': tickers can't be 'MOON:123'; "),
    "ended before it began": (
        edge(since="2025", until="2020"),
        "VALUE 'a-fact': until can't be '2020'; it is before since, '2025'",
    ),
    "source twice": (
        edge(sources=["a-page", "a-page"]),
        "VALUE 'a-fact': sources names 'a-page' twice; a source that says it counts once",
    ),
    "name of blanks": (node(name=" \u3000"), "VALUE 'new': name can't be ' \\u3000'; write at least one letter"),
    "name that can't be seen": (node(name="\u200b"), "VALUE 'new': name can't be '\\u200b'; write at least one letter"),
    "name of two lines": (node(name="A\nB"), "VALUE 'new': name can't be 'A\\nB'; "),
    "alias of blanks": (node(aliases=[" "]), "VALUE 'new': aliases can't be ' '; "),
    "publisher of blanks": (Node("Source", "new", {**BAD_SOURCE, "publisher": " "}), "VALUE 'new': publisher can't be"),
    "address without a host": (
        Node("Source", "new", {**BAD_SOURCE, "url": "https:///x"}),
        "VALUE 'new': url can't be 'https:///x'; write an address that begins with http:// or https:// and names",
    ),
    "address with markup": (node(website='https://a.b/"><script>'), "VALUE 'new': website can't be "),
    "identifier of a legal entity": (node(lei="x"), "VALUE 'new': lei can't be 'x'; write the 20 letters and digits"),
    "metric": (
        node("Observation", "obs", **{**FIGURE, "metric": "revenu"}),
        "VALUE 'obs': metric can't be 'revenu'; did you mean revenue?",
    ),
    "unit of another metric": (
        node("Observation", "obs", **{**FIGURE, "unit": "apples"}),
        "VALUE 'obs': metric revenue can't have the unit 'apples'; use USD, ",
    ),
    "figure without a value": (
        node("Observation", "obs", **{**FIGURE, "value": None}),
        "VALUE 'obs': metric revenue takes 'value'; given: nothing",
    ),
}


def told(problems: list[Any]) -> list[str]:
    return [str(problem).removeprefix("data set strange ") for problem in problems]


def test_each_wrong_batch_is_refused_in_words(store: Store) -> None:
    for case, (element, words) in WRONG.items():
        with pytest.raises(InputError) as refused:
            load(store, Loaded(batch(element)), today=TODAY)
        assert any(line.startswith(words) for line in told(refused.value.problems)), (case, refused.value.problems)
    assert store.read("MATCH (n) WHERE NOT n:ChinaAITurn RETURN count(n) AS n") == [{"n": 0}]


def test_what_can_t_even_be_read_is_refused_in_words_too(store: Store) -> None:
    for case, (element, words) in ODD.items():
        wrong = batch(element) if isinstance(element, Node | Edge) else Batch("strange", [*batch().nodes, element])
        with pytest.raises(InputError) as refused:
            load(store, Loaded(wrong), today=TODAY)
        lines = told(refused.value.problems)
        assert any(line.startswith(words) for line in lines), (case, lines)
        assert all(line.isprintable() for line in lines), case
        assert told(admit(wrong, store)) == lines, case
    assert store.read("MATCH (n) WHERE NOT n:ChinaAITurn RETURN count(n) AS n") == [{"n": 0}]


def test_what_holds_the_elements_is_checked_first(embedded_store: Store) -> None:
    for name, nodes, words in (
        ("", [ACME], "it is no name of a data set; use letters, digits, dots and hyphens"),
        ("my set", [ACME], "it is no name of a data set; "),
        (None, [ACME], "it is no name of a data set; "),
        ("s", None, "they are a NoneType; give a list, or a Stream"),
        ("s", iter([ACME]), "they are a list_iterator; give a list, or a Stream"),
    ):
        with pytest.raises(InputError) as refused:
            load(embedded_store, Loaded(Batch(*_odd(name, nodes))), today=TODAY)
        assert [words in str(one) and one.code for one in refused.value.problems] == ["FORM"], words


def test_a_stream_of_odd_things_is_told_whole(embedded_store: Store) -> None:
    wrong = [SOURCE, "acme", Node(*_odd("Company", None)), node(note=b"x"), ACME]
    stream = Stream("strange", *_odd(lambda: wrong, lambda: [edge(end=node()), 3]))
    with pytest.raises(InputError) as refused:
        load(embedded_store, Loaded(Batch("strange"), stream=stream), today=TODAY)
    assert [problem.code for problem in refused.value.problems] == ["FORM", "FORM", "FORM", "VALUE"]


def test_a_right_batch_is_admitted_and_loaded(store: Store) -> None:
    right = batch(edge(), node("Observation", "obs", metric="revenue", value=1, unit="USD", **CITED))
    right.edges.append(Edge("OF", "obs/of", ("Observation", "obs"), ("Company", "acme")))
    assert admit(right, store) == []
    assert load(store, Loaded(right), today=TODAY).counts()["added"] == 7
    assert load(store, Loaded(right), today=TODAY).plan.empty


def test_all_problems_are_told_at_once(embedded_store: Store) -> None:
    wrong = batch(
        edge(status="rumour", confidence=7.0, sources=["nothing"]), node("Planet", "p"), node("Company", "q", x=1)
    )
    assert [problem.code for problem in admit(wrong, embedded_store)] == [
        "MISSING-NODE", "UNKNOWN-PROPERTY", "UNKNOWN-TYPE", "VALUE", "VALUE",
    ]  # fmt: skip


def test_ends_and_sources_may_stand_already(store: Store) -> None:
    load(store, Loaded(batch()), today=TODAY)
    later = Batch("later", [], [edge()])
    assert admit(later, store) == []
    assert load(store, Loaded(later), today=TODAY).counts()["added"] == 1


def test_or_be_loaded_together_with_it(embedded_store: Store) -> None:
    later = Batch("later", [], [edge()])
    together = {item.id: item.label for item in batch().nodes}
    assert admit(later, embedded_store, beside=together) == []
    assert {p.code for p in admit(later, embedded_store)} == {"MISSING-NODE"}


def test_what_is_loaded_together_has_the_type_that_an_end_names(embedded_store: Store) -> None:
    together = {item.id: item.label for item in batch().nodes} | {"acme": "Fund"}
    (problem,) = admit(Batch("later", [], [edge()]), embedded_store, beside=together)
    assert (problem.code, problem.message) == ("MISSING-NODE", "'a-fact': 'acme' is no Company but Fund")


def test_structure_of_its_own_node_may_be_bare(embedded_store: Store) -> None:
    law = Node("Instrument", "law", {"name": "Law"})
    body = Node("Authority", "body", {"name": "Body"})
    bare = Edge(
        "ISSUED_BY", "law/issued-by/body", ("Instrument", "law"), ("Authority", "body"), {"status": "confirmed"}
    )
    assert admit(Batch("own", [law, body], [bare]), embedded_store) == []


def test_an_id_of_another_data_set_is_not_taken(store: Store) -> None:
    load(store, Loaded(batch()), today=TODAY)
    with pytest.raises(Exception, match="id 'acme' belongs to data set strange \\(other\\); choose another id"):
        load(store, Loaded(Batch("other", [ACME])), today=TODAY)
    assert store.read("MATCH (n:Company) RETURN n.dataset AS d ORDER BY d") == [{"d": "strange"}, {"d": "strange"}]


def test_a_node_can_t_change_its_type(store: Store) -> None:
    load(store, Loaded(batch()), today=TODAY)
    changed = batch()
    changed.nodes[1] = Node("Fund", "acme", {"name": "Acme"})
    with pytest.raises(Exception, match="node 'acme' changed its type"):
        load(store, Loaded(changed), today=TODAY, allow_removals=True)


def test_every_exchange_has_one_written_form(embedded_store: Store) -> None:
    """What is stored is what a listing is found by: no exchange is known whose own form would be refused."""
    codes = {"HKEX": "0700", "SSE": "688981", "SZSE": "000001", "BSE": "430047", "KRX": "005930", "TYO": "7203"}
    for exchange in EXCHANGES:
        if exchange != "US":
            listing = f"{exchange}:{codes.get(exchange, '2222' if exchange in ('TWSE', 'TADAWUL', 'TPEX') else 'BHP')}"
            assert written(listing) == listing
            assert admit(Batch("strange", [node(tickers=[listing])]), embedded_store) == [], listing
