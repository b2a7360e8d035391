"""docs/schema.md and the JSON Schema for editors, generated from the declarations."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from .elements import BOOKKEEPING
from .facts import ConflictBlock, Figure, Relation
from .model import EDGES, ENTITIES, METRICS, NODES
from .model.base import Declared, EdgeType, Entity, Metric
from .model.evidence import Source
from .model.properties import PROPERTIES_ZH
from .model.shapes import Kept, Shape


def schema_page() -> str:
    """The schema page with a mermaid diagram; a test holds docs/schema.md to it."""
    families: dict[str, list[type[Declared]]] = {}
    for cls in NODES.values():
        families.setdefault(cls.family, []).append(cls)
    parts = [
        "# Schema",
        "Generated from the declarations in `graph/model/` by `python -m chinaai.cli.docs`. Do not edit.",
        "Every node bears the label `:ChinaAI` besides its type, so that other data in the same database is never"
        " taken for ours.",
        _diagram(),
        "## Node types",
        "Every node has these, where they are known:",
        _table(Entity, set()),
        "A load adds:",
        _table(Kept, set()),
    ]
    for family in sorted(families):
        parts.append(f"### {family.capitalize()}")
        parts += [_node(cls) for cls in sorted(families[family], key=lambda c: c.label())]
    head = "| relationship | 中文 | means | carries | example | term |\n|---|---|---|---|---|---|\n"
    parts += ["## Facts", "Each carries evidence, and may be written by a curator.", head + _edges(False)]
    parts += ["## Relationships that loaders make", "A curator does not write them. *Structure* needs no evidence: it"
              " follows from its ends, from law, or from the one source of its node.", head + _edges(True)]  # fmt: skip
    parts += ["## What relationships carry", "Every relationship has a `fact_id`."]
    parts += [_shape(shape) for shape in _shapes()]
    written = "\n".join(f"| {name} | {means} |" for name, means in BOOKKEEPING.items())
    parts += ["## What the store writes", "Bookkeeping on every node and relationship; it is no content.",
              f"| property | means |\n|---|---|\n{written}"]  # fmt: skip
    parts += [
        "## Metrics of observations",
        "| metric | 中文 | kind | units | from | to | of | means | term |\n|---|---|---|---|---|---|---|---|---|\n"
        + _metrics(),
    ]
    return "\n\n".join(parts) + "\n"


def _doc(cls: type[BaseModel]) -> str:
    return " ".join((cls.__doc__ or "").split())


def _shapes() -> list[type[Shape]]:
    """Shapes of relationships and what they are made of, the plain ones first."""
    used = {cls for edge in EDGES.values() for cls in edge.props.__mro__ if issubclass(cls, Shape) and cls is not Shape}
    return sorted(used, key=lambda cls: (len(cls.__mro__), cls.__name__))


def _shape(cls: type[Shape]) -> str:
    parts = [base for base in cls.__bases__ if issubclass(base, Shape) and base is not Shape]
    held = {name for base in parts for name in base.model_fields}
    more = f"All of {' and '.join(base.__name__ for base in parts)}, and:\n\n" if parts else ""
    if parts and not set(cls.model_fields) - held:
        return f"### {cls.__name__}\n\n{_doc(cls)}\n\n{more.replace(', and:', '.')}".rstrip()
    return f"### {cls.__name__}\n\n{_doc(cls)}\n\n{more}{_table(cls, held)}"


def _node(cls: type[Declared]) -> str:
    term = f" (`{cls.term}`)" if cls.term else ""
    common = set(Entity.model_fields) if issubclass(cls, Entity) else set()
    fields = [f"#### {cls.label()} · {cls.zh}", f"{_doc(cls)}{term}", _table(cls, common)]
    added = set(cls.kept.model_fields) - set(Kept.model_fields) - set(cls.model_fields)
    if added:
        fields += ["A load adds:", _table(cls.kept, set(cls.kept.model_fields) - added)]
    return "\n\n".join(fields)


def _table(cls: type[BaseModel], left_out: set[str]) -> str:
    own = [name for name in cls.model_fields if name not in left_out]
    if not own:
        return "Only the fields of every node." if issubclass(cls, Declared) else "Nothing else."
    properties = cls.model_json_schema()["properties"]
    lines = [
        f"| {name} | {PROPERTIES_ZH.get(name, '')} | {_type(schema)} | {schema.get('description', '')} |"
        for name, schema in ((name, properties[name]) for name in own)
    ]
    return "| property | 中文 | type | means |\n|---|---|---|---|\n" + "\n".join(lines)


def _type(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return ", ".join(_type(s) for s in schema["anyOf"] if s.get("type") != "null")
    if "enum" in schema:
        return " / ".join(str(v) for v in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    if schema.get("format") == "date":
        return "date"
    if str(schema.get("pattern", "")).startswith("^[0-9]{4}(-(Q"):
        return "date or month, quarter, half, year"
    return str(schema.get("type") or schema.get("$ref", "any").rsplit("/", 1)[-1])


def _ends(names: tuple[str, ...]) -> str:
    return "\\|".join(names) if len(names) <= 6 else "\\|".join(names[:5]) + f" and {len(names) - 5} more"


def _edges(structural: bool) -> str:
    def line(edge: EdgeType) -> str:
        arrow = "-" if edge.symmetric else "->"
        drawing = f"`(:{_ends(edge.subjects)})-[:{edge.name}]{arrow}(:{_ends(edge.objects)})`"
        carries = edge.props.__name__ + (f"; of {', '.join(edge.bare_from)}: Structure" if edge.bare_from else "")
        return f"| {drawing} | {edge.zh} | {edge.definition} | {carries} | {edge.example} | {edge.term or ''} |"

    return "\n".join(line(edge) for edge in EDGES.values() if edge.structural is structural)


def _metrics() -> str:
    def line(m: Metric) -> str:
        bounds = ("" if one is None or m.kind != "number" else f"{one:g}" for one in (m.least, m.most))
        cells = (m.name, m.zh, m.kind, ", ".join(m.units), *bounds, ", ".join(m.subjects), m.definition, m.term or "")
        return f"| {' | '.join(cells)} |"

    return "\n".join(map(line, METRICS.values()))


def _diagram() -> str:
    """One arrow an edge type between its first ends; the tables below hold all of them."""
    lines = [f"  {e.subjects[0]} -->|{e.name}| {e.objects[0]}" for e in EDGES.values()]
    return "```mermaid\ngraph LR\n" + "\n".join(dict.fromkeys(lines)) + "\n```"


def editor_schema() -> str:
    """JSON Schema of a seed file, for editors that complete and check YAML."""
    shapes: dict[str, type[BaseModel]] = {
        "Source": Source,
        "Relation": Relation,
        "Figure": Figure,
        "Conflict": ConflictBlock,
    }
    definitions: dict[str, Any] = {}
    for name, shape in {**shapes, **ENTITIES}.items():
        schema = shape.model_json_schema(ref_template="#/$defs/{model}")
        definitions.update(schema.pop("$defs", {}))
        if name in ENTITIES:
            schema["properties"] = {"type": {"const": name}, **schema["properties"]}
            schema["required"] = ["type", *schema.get("required", [])]
        definitions[name] = schema
    definitions["Relation"]["properties"]["predicate"] = {"enum": [n for n, e in EDGES.items() if not e.structural]}
    definitions["Figure"]["properties"]["metric"] = {"enum": list(METRICS)}

    def listed(*names: str) -> dict[str, Any]:
        return {"type": "array", "items": {"anyOf": [{"$ref": f"#/$defs/{name}"} for name in names]}}

    page = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "title": "Seed file of the China AI knowledge graph",
        "type": "object",
        "additionalProperties": False,
        "properties": {
            "sources": listed("Source"), "entities": listed(*ENTITIES), "facts": listed("Relation", "Figure"),
            "conflicts": listed("Conflict"), "sentences": {"type": "array"},
        },
        "$defs": definitions,
    }  # fmt: skip
    return json.dumps(page, indent=1, ensure_ascii=False, sort_keys=True) + "\n"
