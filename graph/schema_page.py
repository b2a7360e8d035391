"""docs/schema.md and the JSON Schema for editors, generated from the declarations."""

from __future__ import annotations

import json
from typing import Any

from pydantic import BaseModel

from .facts import ConflictBlock, Figure, Relation
from .model import EDGES, ENTITIES, METRICS, NODES
from .model.base import Declared, EdgeType, Entity
from .model.evidence import Source


def schema_page() -> str:
    """The schema page with a mermaid diagram; a test holds docs/schema.md to it."""
    families: dict[str, list[type[Declared]]] = {}
    for cls in NODES.values():
        families.setdefault(cls.family, []).append(cls)
    parts = [
        "# Schema",
        "Generated from the declarations in `graph/model/` by `python -m chinaai.cli.docs`. Do not edit.",
        "Every node bears the label `:ChinaAI` besides its type, so that other data in the same database is never"
        " taken for ours. Every relationship has a `fact_id`.",
        _diagram(),
        "## Node types",
    ]
    for family in sorted(families):
        parts.append(f"### {family.capitalize()}")
        parts += [_node(cls) for cls in sorted(families[family], key=lambda c: c.label())]
    parts += ["## Relationship types", "| relationship | means | example | term |\n|---|---|---|---|\n" + _edges(False)]
    parts += ["## Structural relationships", "Made by loaders; a curator does not write them.",
              "| relationship | means | example | term |\n|---|---|---|---|\n" + _edges(True)]  # fmt: skip
    parts += [
        "## Metrics of observations",
        "| metric | kind | units | means | term |\n|---|---|---|---|---|\n" + _metrics(),
    ]
    return "\n\n".join(parts) + "\n"


def _doc(cls: type[BaseModel]) -> str:
    return " ".join((cls.__doc__ or "").split())


def _node(cls: type[Declared]) -> str:
    term = f" (`{cls.term}`)" if cls.term else ""
    return f"#### {cls.label()}\n\n{_doc(cls)}{term}\n\n{_fields(cls)}"


def _fields(cls: type[BaseModel]) -> str:
    own = [name for name in cls.model_fields if name not in Entity.model_fields or cls is Entity]
    if not own:
        return "Only the fields of every node."
    properties = cls.model_json_schema()["properties"]
    lines = [f"| {name} | {_type(properties[name])} | {properties[name].get('description', '')} |" for name in own]
    return "| field | type | means |\n|---|---|---|\n" + "\n".join(lines)


def _type(schema: dict[str, Any]) -> str:
    if "anyOf" in schema:
        return ", ".join(_type(s) for s in schema["anyOf"] if s.get("type") != "null")
    if "enum" in schema:
        return " / ".join(str(v) for v in schema["enum"])
    if schema.get("type") == "array":
        return f"list of {_type(schema.get('items', {}))}"
    return str(schema.get("type") or schema.get("$ref", "any").rsplit("/", 1)[-1])


def _ends(names: tuple[str, ...]) -> str:
    return "\\|".join(names) if len(names) <= 6 else "\\|".join(names[:5]) + f" and {len(names) - 5} more"


def _edges(structural: bool) -> str:
    def line(edge: EdgeType) -> str:
        arrow = "-" if edge.symmetric else "->"
        drawing = f"`(:{_ends(edge.subjects)})-[:{edge.name}]{arrow}(:{_ends(edge.objects)})`"
        return f"| {drawing} | {edge.definition} | {edge.example} | {edge.term or ''} |"

    return "\n".join(line(edge) for edge in EDGES.values() if edge.structural is structural)


def _metrics() -> str:
    return "\n".join(
        f"| {m.name} | {m.kind} | {', '.join(m.units)} | {m.definition} | {m.term or ''} |" for m in METRICS.values()
    )


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
