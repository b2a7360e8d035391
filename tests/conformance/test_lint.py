"""Shared Cypher keeps to what both engines do alike: saved questions, generated statements, all others."""

from __future__ import annotations

import ast
import importlib
import pkgutil
import re
from collections.abc import Iterator
from pathlib import Path

import chinaai
import pytest
from chinaai.graph import statements
from chinaai.graph.model import EDGES, NODES
from chinaai.queries.faults import column_faults, undeclared
from chinaai.queries.saved import SavedQuery, catalogue
from chinaai.queries.words import statement
from conformance.lint import far_ends, first_of_any, lint, lint_question, open_lookups, unique_keys


def generated() -> dict[str, str]:
    """Every statement that is generated from the declarations."""
    made = {f"create {label}": statements.create_nodes(label) for label in NODES}
    for make in (
        statements.create_edges,
        statements.drop_edges,
        statements.retire_edges,
        statements.edges_of,
    ):
        made |= {f"{make.__name__} {kind}": make(kind) for kind in EDGES}
    return made


def written() -> Iterator[tuple[str, str]]:
    """Every constant of the package that reads like Cypher."""
    for module in pkgutil.walk_packages(chinaai.__path__, "chinaai."):
        if module.name.startswith(("chinaai.tests", "chinaai.benchmarks", "chinaai.build", "chinaai.setup")):
            continue
        for name, value in vars(importlib.import_module(module.name)).items():
            if isinstance(value, str) and re.search(r"\b(MATCH|MERGE|CREATE) *\(", value):
                yield f"{module.name}.{name}", value


def test_generated_statements() -> None:
    assert {name: lint(text) for name, text in generated().items() if lint(text)} == {}


def test_other_statements_of_the_package() -> None:
    found = dict(written())
    assert "chinaai.queries.names._BY_ID" in found
    # The queue of those who load a server runs on Neo4j alone, on nodes of its own; whoever comes at the same
    # moment and makes a second one waits for both, so no constraint is needed (none could be made while one is held).
    shared = {name: text for name, text in found.items() if not name.startswith("chinaai.graph.writing.")}
    # Whether a database holds anything of anybody's, before an import takes its place.
    assert shared.pop("chinaai.graph.statements.ANY_NODE").startswith("MATCH (n) WHERE NOT n:ChinaAITurn ")
    assert {name: lint(text) for name, text in shared.items() if lint(text)} == {}


def untold(source: str) -> list[str]:
    """Cypher of a module that reads relationships, or tells what is not denied, and is not given to `statement`."""
    found = []

    def look(node: ast.AST, given: bool) -> None:
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "statement":
            given = True
        if isinstance(node, ast.Constant | ast.JoinedStr):
            parts = node.values if isinstance(node, ast.JoinedStr) else [node]
            text = "".join(str(part.value) for part in parts if isinstance(part, ast.Constant))
            if not given and "MATCH (" in text and re.search(r"-\[|\.retired\b|<> 'denied'", text):
                found.append(text.split("\n")[0])
            return
        for child in ast.iter_child_nodes(node):
            look(child, given)

    look(ast.parse(source), False)
    return found


def test_statements_of_our_own_code_keep_the_rules_of_a_day() -> None:
    """What reads the graph to answer keeps to the words of the catalogue: no rule of its own, no tie untested."""
    root = Path(chinaai.__path__[0])
    files = [file for folder in ("queries", "bundles", "view", "cli") for file in sorted((root / folder).rglob("*.py"))]
    told = {str(file.relative_to(root)): untold(file.read_text("utf-8")) for file in files}
    assert {name: texts for name, texts in told.items() if texts} == {}
    assert untold('A = f"""MATCH (a)-[r:{KIND}]->(b)\nRETURN a.id AS id"""') == ["MATCH (a)-[r:]->(b)"]
    assert untold("A = statement('MATCH (a)-[r]->(b)'), 'MATCH (n) WHERE n.retired IS NULL'") == [
        "MATCH (n) WHERE n.retired IS NULL"
    ]
    with pytest.raises(ValueError, match=r"the relationship -\[o\]- is used untested; name it r and write"):
        statement("MATCH (a)-[r]->(b)<-[o]-(c) WHERE {{in_force(r)}} RETURN a.id AS id")
    with pytest.raises(ValueError, match=r"'<> 'denied'' is a part of a rule; write \{\{stands"):
        statement("MATCH (a)-[r]->(b) WHERE {{stands(r)}} AND r.status <> 'denied' RETURN a.id AS id")


def test_no_statement_takes_the_embedded_engine_through_all_nodes() -> None:
    """A path begins at its known end, and no look-up is by an id that may be null."""
    questions = {
        str(name): (query.cypher, [key for key, param in query.front.params.items() if not param.required])
        for name, query in catalogue().items()
    }
    texts = {**questions, **{name: (text, []) for name, text in (*generated().items(), *written())}}
    slow = {name: [*far_ends(text), *open_lookups(text, optional)] for name, (text, optional) in texts.items()}
    assert {name: found for name, found in slow.items() if found} == {}


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("MATCH (c:ChinaAI {id: $c}) OPTIONAL MATCH (m:ChinaAI)-[f:OF]->(c) RETURN m", "(m:ChinaAI)-[f:OF]->(c)"),
        ("MATCH p = (m:ChinaAI)-[:OF*]->(:ChinaAI {id: $x}) RETURN p", "(m:ChinaAI)-[:OF*]->(:ChinaAI {id: $x})"),
        ("CALL () { MATCH (m:ChinaAI {id: $x}) RETURN m UNION MATCH (m:ChinaAI)-[:OF]->(:ChinaAI {id: $x}) RETURN m } "
         "RETURN m", "(m:ChinaAI)-[:OF]->(:ChinaAI {id: $x})"),
        ("MATCH (c:ChinaAI) CALL (c) { MATCH (m:ChinaAI)-[:OF]->(c) RETURN m } RETURN m", "(m:ChinaAI)-[:OF]->(c)"),
        ("CALL () { MATCH (a:ChinaAI) RETURN a.id AS k } MATCH (m:ChinaAI)-[:OF]->(:ChinaAI {id: k}) RETURN m",
         "(m:ChinaAI)-[:OF]->(:ChinaAI {id: k})"),
    ],
)  # fmt: skip
def test_a_path_that_begins_at_its_far_end(text: str, path: str) -> None:
    assert far_ends(text) == [path]


def test_paths_that_begin_well() -> None:
    for text in (
        "MATCH (c:ChinaAI {id: $c})<-[:OF]-(m:ChinaAI) RETURN m",
        "MATCH (a:ChinaAI)-[:OF]->(b:ChinaAI) WHERE b.id IN $ids RETURN a",
        "CALL () { MATCH (m:ChinaAI {id: $x}) RETURN m UNION MATCH (a:ChinaAI)-[:OF]->(m:ChinaAI) RETURN m } RETURN m",
    ):
        assert far_ends(text) == []


def test_lookups_by_what_may_be_null() -> None:
    text = "MATCH (n:ChinaAI {id: $n}) MATCH (a:ChinaAI {id: n.way}) MATCH (b:ChinaAI {id: 'x.' + n.way}) RETURN a, b"
    assert open_lookups(text) == ["{id: n.way}", "{id: '' + n.way}"]
    assert open_lookups(text, ["n"]) == ["{id: $n}", "{id: n.way}", "{id: '' + n.way}"]
    closed = "UNWIND $rows AS row MATCH (a:ChinaAI {id: row.id}) MATCH (b:ChinaAI {id: coalesce($n, '')}) RETURN a, b"
    assert open_lookups(closed, ["n"]) == []


def test_what_is_named_first_has_an_order() -> None:
    texts = {str(name): query.cypher for name, query in catalogue().items()}
    texts |= dict((*generated().items(), *written()))
    assert {name: found for name, text in texts.items() if (found := first_of_any(text))} == {}
    loose = "MATCH (a:ChinaAI)-[:OF]->(b:ChinaAI) WITH a, head(collect(b.name)) AS b RETURN a.id, b ORDER BY a.id"
    assert first_of_any(loose) == ["head(collect( of a list that nothing sorts"]
    kept = "MATCH (a:ChinaAI)-[:OF]->(b:ChinaAI) WITH a, b ORDER BY b.id OPTIONAL MATCH (b)-->(c:ChinaAI) "
    assert first_of_any(kept + "RETURN a.id, collect(c.id)[0] AS c ORDER BY a.id") == [
        "collect(c.id)[0] of a list that nothing sorts"
    ]
    sorted_ = "MATCH (a:ChinaAI)-[:OF]->(b:ChinaAI) WITH a, b ORDER BY a.id, b.name "
    assert first_of_any(sorted_ + "WITH a, head(collect(b.name)) AS b RETURN a.id, b ORDER BY a.id") == []


@pytest.mark.parametrize("query", catalogue().values(), ids=lambda query: str(query.name))
def test_saved_questions(query: SavedQuery) -> None:
    assert lint_question(query.cypher) == []


@pytest.mark.parametrize("query", catalogue().values(), ids=lambda query: str(query.name))
def test_saved_questions_return_the_columns_of_their_row_and_name_what_is_declared(query: SavedQuery) -> None:
    assert [*column_faults(query), *undeclared(query)] == []


def test_questions_for_services_of_a_kind_say_that_few_kinds_were_judged() -> None:
    asks = {q.name for q in catalogue().values() if "ServiceKind" in str(q.front.params) and ":Service)" in q.cypher}
    assert asks == {name for name, query in catalogue().items() if query.front.judged} and asks


def test_the_constraints_are_read() -> None:
    keys = unique_keys()
    assert {("ChinaAI", "id"), ("ChinaAIState", "id"), ("PARTNERS_WITH", "fact_id")} <= keys
    assert len(keys) == len(statements.constraints())


@pytest.mark.parametrize(
    ("text", "reason"),
    [
        ("UNWIND $rows AS row MERGE (n:$(row.label) {id: row.id})", "a label or type given as a parameter"),
        ("MATCH (a:ChinaAI)-[r:$($t)]->(b:ChinaAI) RETURN r", "a label or type given as a parameter"),
        ("MATCH p = SHORTEST 1 (a:ChinaAI)-[r]-(b:ChinaAI) RETURN p", "SHORTEST in place of shortestPath"),
        ("MATCH (a:ChinaAI) RETURN a; MATCH (b:ChinaAI) RETURN b", "several statements"),
        ("RETURN 1 AS x NEXT RETURN x", "NEXT"),
        ("CREATE FULLTEXT INDEX f FOR (n:ChinaAI) ON EACH [n.name]", "a full-text or vector index"),
        ("MATCH (a:ChinaAI) RETURN elementId(a) AS e", "an id of the engine"),
        ("MATCH (a:ChinaAI) RETURN id(a) AS e", "an id of the engine"),
        ("RETURN apoc.text.clean('a') AS x", "a procedure or function that is not there"),
        ("CREATE (n:ChinaAI:`A~B`)", "a tilde in a label"),
        ("MATCH (n:ChinaAI:Company {id: $id}) RETURN n", "a look-up by id with two labels"),
        ("MATCH (n:ChinaAI&Company {name: $n, id: $id}) RETURN n", "a look-up by id with two labels"),
        ("MATCH (n:ChinaAI) RETURN labels(n)[0] AS type", "the first label"),
        ("CYPHER 25 RETURN 1 AS x", "a version of the language"),
        ("MATCH (n:ChinaAI) FILTER n.id = 'a' RETURN n", "a clause of the newer language"),
        ("LOAD CSV FROM 'x' AS line RETURN line", "LOAD CSV"),
        ("MATCH (n:ChinaAI) CALL (n) { DELETE n } IN TRANSACTIONS", "an own transaction in the statement"),
        ("MATCH (a:ChinaAI)-->(b:ChinaAI) RETURN b", "a pattern without a relationship type"),
        ("MATCH (n:Company) RETURN n.id AS id", "node (n:Company) without the mark"),
        ("MATCH (a:ChinaAI)-[r]-(b) RETURN b", "node (b) without the mark"),
        ("MATCH ()-[r:PARTNERS_WITH]->(b:ChinaAI) RETURN b", "node () without the mark"),
        ("MATCH (a:ChinaAI) WHERE EXISTS { (a)-[:OF]->(:Company) } RETURN a", "node (:Company) without the mark"),
        ("MATCH (a)-[r:OF]->(b) WITH a, r, b WHERE a:ChinaAI RETURN b", "node (b) without the mark"),
        ("MATCH (a)-[r:OF]->(b) WITH a, r, b WHERE a:ChinaAI OR b:ChinaAI RETURN b", "node (a) without the mark"),
        ("MERGE (n:ChinaAI {name: $n})", "MERGE on (n:ChinaAI {name: $n}), which nothing makes unique"),
        (
            "MATCH (a:ChinaAI), (b:ChinaAI) MERGE (a)-[r:PARTNERS_WITH]->(b)",
            "MERGE on (a)-[r:PARTNERS_WITH]->(b), which nothing makes unique",
        ),
    ],
)
def test_what_is_refused(text: str, reason: str) -> None:
    assert reason in lint(text)


def test_what_is_allowed() -> None:
    for text in (
        "MATCH (n:ChinaAI {id: $id}) WHERE n:Company SET n:$($label) // (x:Company); SHORTEST",
        "MATCH (n:ChinaAI) WHERE n.name = 'NEXT; (x:Company)' RETURN count(n) AS id",
        "MATCH p = shortestPath((a:ChinaAI)-[r:OF*..3]-(b:ChinaAI)) RETURN length(p) AS l",
        "MATCH (a:ChinaAI) WHERE (a:Company OR a:Fund) AND ($x IS NULL OR a.id = $x) RETURN a",
        "MATCH (a)-[r:OF]->(b) WHERE r.fact_id IN $keys WITH a, r, b WHERE a:ChinaAI AND b:ChinaAI RETURN a.id AS id",
        "MATCH (a:ChinaAI), (b:ChinaAI) MERGE (a)-[r:PARTNERS_WITH {fact_id: $f}]->(b) SET r = $props",
    ):
        assert lint(text) == []


@pytest.mark.parametrize(
    ("text", "problems"),
    [
        ("MATCH (a:ChinaAI)-[r:PARTNERS_WITH]-(b:ChinaAI) RETURN b.id AS id", ["no ORDER BY"]),
        ("MATCH (a:ChinaAI) RETURN count(a) AS n", []),
        ("MATCH (a:ChinaAI) RETURN a.id AS id UNION MATCH (a:ChinaAI) RETURN a.id AS id ORDER BY id", ["UNION at "]),
        ("CALL () { MATCH (a:ChinaAI) RETURN a.id AS id UNION RETURN 'x' AS id } RETURN id ORDER BY id", []),
    ],
)
def test_what_is_refused_of_a_question(text: str, problems: list[str]) -> None:
    found = lint_question(text)
    assert len(found) == len(problems)
    assert all(told.startswith(wanted) for told, wanted in zip(found, problems, strict=True))
