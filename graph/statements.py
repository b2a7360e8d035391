"""Write statements, generated from the declarations and written once for both engines.

Labels and types are written into the text (one engine drops a label given as a parameter), and they
come from the registry alone, so nothing from a data file is ever spliced into Cypher.
"""

from __future__ import annotations

from .marks import INDEX, MARK
from .model import EDGES, NODES

#: Holds the bucket digests of a data set; it is bookkeeping and counted nowhere.
STATE = "ChinaAIState"


def _label(name: str) -> str:
    if name not in NODES:
        raise KeyError(f"node type '{name}' is not declared")
    return f"{MARK}:{name}"


def _type(name: str) -> str:
    if name not in EDGES:
        raise KeyError(f"edge type '{name}' is not declared")
    return name


def own_node(name: str) -> str:
    """That a node with our mark is one that a load of ours left: somebody else's has no data set."""
    return f"{name}.dataset IS NOT NULL"


def own_edge(name: str) -> str:
    """That a relationship between two nodes with our mark is one that a load of ours left."""
    return f"{name}.fact_id IS NOT NULL AND {name}.hash IS NOT NULL"


def in_page(name: str) -> str:
    """That an element lies in one of `elements.pages`. Where its bucket is no number, that is the first."""
    return f"coalesce({name}.bucket >= $low AND {name}.bucket < $high, $low < 0)"


def constraints() -> dict[str, str]:
    """Statements that make ids unique, by the name of the constraint. They name our mark and our types only."""
    nodes = {"chinaai_id": MARK, "chinaai_state": STATE}
    found = {
        name: f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR (n:{label}) REQUIRE n.id IS UNIQUE"
        for name, label in nodes.items()
    }
    for kind in sorted(EDGES):
        name = f"chinaai_{kind.lower()}"
        found[name] = f"CREATE CONSTRAINT {name} IF NOT EXISTS FOR ()-[r:{kind}]-() REQUIRE r.fact_id IS UNIQUE"
    return found


#: Full-text index over the words of our nodes; the embedded engine makes its own, since its Cypher can't.
NAMES_INDEX = (
    f"CREATE FULLTEXT INDEX {INDEX} IF NOT EXISTS FOR (n:{MARK}) ON EACH [n.words] "
    "OPTIONS {indexConfig: {`fulltext.analyzer`: 'whitespace'}}"
)


def await_names(seconds: float) -> str:
    """Wait until that index finds everything; an error after so many seconds."""
    return f"CALL db.awaitIndex('{INDEX}', {seconds:.0f})"


def create_nodes(label: str) -> str:
    """Create nodes of a type; rows hold `props`.

    CREATE, not MERGE: the plan knows that they are new, the unique id refuses a second one, and the
    embedded engine's MERGE over two labels reads the whole type for every row.
    """
    return f"UNWIND $rows AS row CREATE (n:{_label(label)}) SET n = row.props"


#: Overwrite all properties of nodes. Look-ups by id name the mark alone: with a second label the
#: embedded engine leaves the index aside.
SET_NODES = f"UNWIND $rows AS row MATCH (n:{MARK} {{id: row.id}}) SET n = row.props"
#: Close nodes that the seeds no longer hold: kept, with the day of closing.
RETIRE_NODES = (
    f"UNWIND $keys AS key MATCH (n:{MARK} {{id: key}}) SET n.retired = $day, n.valid_to = coalesce(n.valid_to, $day)"
)


def create_edges(kind: str) -> str:
    """Create relationships of a type; rows hold the ids of both ends, and `props` with the `fact_id`.

    CREATE, as for nodes: the plan knows that they are new, and the unique `fact_id` refuses a second one on both
    engines. MERGE would look each one up once more, which takes a third longer.
    """
    return (
        f"UNWIND $rows AS row MATCH (a:{MARK} {{id: row.start}}) MATCH (b:{MARK} {{id: row.end}}) "
        f"CREATE (a)-[r:{_type(kind)}]->(b) SET r = row.props"
    )


#: A relationship with the ids of its ends and all that it carries.
_EDGE = "r.fact_id AS key, a.id AS start, b.id AS end, properties(r) AS props"


def _by_fact_id(kind: str) -> str:
    """Relationships of ours by `fact_id`. With the mark beside it the embedded engine leaves the index aside."""
    return f"MATCH (a)-[r:{_type(kind)}]->(b) WHERE r.fact_id IN $keys WITH a, r, b WHERE a:{MARK} AND b:{MARK}"


def drop_edges(kind: str) -> str:
    """Delete relationships of a type by `fact_id`, where their ends or type changed."""
    return f"{_by_fact_id(kind)} DELETE r"


def retire_edges(kind: str) -> str:
    """Close relationships that the seeds no longer hold: kept, with an end and status ended."""
    closed = "r.retired = $day, r.valid_to = coalesce(r.valid_to, $day), r.status = 'ended'"
    return f"{_by_fact_id(kind)} SET {closed}"


def edges_of(kind: str) -> str:
    """Relationships of a type by `fact_id`, with the ids of their ends and all they carry."""
    return f"{_by_fact_id(kind)} RETURN {_EDGE}"


def count_label(label: str) -> str:
    """Number of nodes of a type, as the database keeps it."""
    return f"MATCH (n:{_label(label).rpartition(':')[2]}) RETURN count(n) AS n"


def count_edges(kind: str) -> str:
    """Number of relationships of a type that begin at our nodes. Neo4j keeps it; with a mark at both ends it counts."""
    return f"MATCH (:{MARK})-[r:{_type(kind)}]->() RETURN count(r) AS n"


#: A data set's nodes and relationships with all they carry, by pages: see `chinaai.graph.manifest.in_pages`. One
#: statement for all types: a server that plans each for the first time takes longer for a hundred plans than for the
#: reading, and the embedded engine goes through all nodes for each.
READ_NODES = (
    f"MATCH (n:{MARK}) WHERE n.dataset = $dataset AND {in_page('n')} "
    "RETURN labels(n) AS labels, n.id AS key, properties(n) AS props"
)
READ_EDGES = (
    f"MATCH (a:{MARK})-[r]->(b:{MARK}) WHERE r.dataset = $dataset AND {in_page('r')} RETURN type(r) AS type, {_EDGE}"
)
#: Nodes by id with all they carry.
NODES_OF = f"UNWIND $keys AS key MATCH (n:{MARK} {{id: key}}) RETURN n.id AS key, properties(n) AS props"
#: A node of anybody's; loads lock their turn with nodes that hold nothing.
ANY_NODE = "MATCH (n) WHERE NOT n:ChinaAITurn RETURN labels(n) AS labels LIMIT 1"
SCHEMA = "SHOW INDEXES YIELD name, type, labelsOrTypes WHERE type <> 'LOOKUP' RETURN name, labelsOrTypes AS on"
CONSTRAINTS = "SHOW CONSTRAINTS YIELD name, labelsOrTypes RETURN name, labelsOrTypes AS on"
CONNECTIONS = "CALL dbms.listConnections() YIELD userAgent, username, clientAddress"
#: Parts that an import wrote and nobody has held against the database's counts yet.
UNCHECKED = f"MATCH (s:{STATE}) WHERE s.part IS NOT NULL AND s.rules = '' RETURN count(s) AS n"
COUNT_NODES = f"MATCH (n:{MARK}) RETURN count(n) AS n"
#: Numbers of relationships between our nodes, by type, in one pass over all of them.
COUNT_EDGES = f"MATCH (:{MARK})-[r]->(:{MARK}) RETURN type(r) AS type, count(r) AS n"
READ_STATE = f"MATCH (s:{STATE}) WHERE s.dataset = $dataset RETURN s.name AS name, s.digests AS digests"
#: What stands of the data sets, by parts of one type each: see `chinaai.graph.manifest`.
PARTS = (
    f"MATCH (s:{STATE}) WHERE s.dataset = $dataset AND s.part IS NOT NULL "
    "RETURN s.id AS id, s.part AS part, s.kind AS kind, s.state AS state, s.size AS size, s.rules AS rules "
    "ORDER BY s.part"
)
READ_PARTS = f"UNWIND $ids AS id MATCH (s:{STATE} {{id: id}}) RETURN s.id AS id, s.packed AS packed"
READ_KEYS = f"UNWIND $ids AS id MATCH (s:{STATE} {{id: id}}) RETURN s.id AS id, s.keys AS keys"
LAST_PART = f"MATCH (s:{STATE}) WHERE s.part IS NOT NULL RETURN max(s.part) AS part"
ADMITTED = f"MATCH (s:{STATE}) WHERE s.dataset = $dataset AND s.part IS NOT NULL SET s.rules = $rules"
HELD = f"MATCH (s:{STATE}) WHERE s.part IS NOT NULL RETURN DISTINCT s.dataset AS dataset ORDER BY dataset"
CREATE_PARTS = f"UNWIND $rows AS row CREATE (s:{STATE}) SET s = row"
FORGET = f"MATCH (s:{STATE}) WHERE s.dataset = $dataset DELETE s"
HOLDS_NODE = f"MATCH (n:{MARK}) WHERE n.dataset = $dataset RETURN n.id AS id LIMIT 1"
HOLDS_EDGE = f"MATCH (:{MARK})-[r]->(:{MARK}) WHERE r.dataset = $dataset RETURN r.fact_id AS id LIMIT 1"
DROP_STATE = f"UNWIND $names AS name MATCH (s:{STATE} {{id: name}}) DELETE s"
WRITE_STATE = (
    f"UNWIND $rows AS row MERGE (s:{STATE} {{id: row.id}}) "
    "SET s.dataset = row.dataset, s.name = row.name, s.digests = row.digests"
)
KNOWN_FACTS = f"MATCH (:{MARK})-[r]->(:{MARK}) WHERE r.fact_id IN $keys RETURN r.fact_id AS id"
KNOWN_ENDS = (
    f"UNWIND $ids AS id MATCH (n:{MARK} {{id: id}}) RETURN n.id AS id, labels(n) AS labels, n.dataset AS dataset"
)
