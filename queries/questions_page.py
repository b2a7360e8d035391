"""docs/questions.md: every saved question with parameters, columns and real example rows."""

from __future__ import annotations

from typing import Any

from .answers import Rows
from .ask import Ask
from .params import QueryError
from .saved import SavedQuery

#: Rows shown of each example.
SHOWN = 3


def questions_page(kg: Ask) -> str:
    """The page, with rows of the graph that `kg` stands on; a test holds docs/questions.md to it."""
    parts = [
        "# Questions",
        "Generated from `queries/catalogue/` and the shipped seeds by `python -m chinaai.cli.docs`. Do not edit.",
        'Ask with `chinaai ask NAME --parameter value`, or in Python with `kg.run("NAME", parameter=value)`.'
        " `sources` holds source ids in the Cypher text and full source objects in every answer.",
    ]
    parts += [_question(kg, query) for query in kg.questions().values()]
    return "\n\n".join(parts) + "\n"


def _question(kg: Ask, query: SavedQuery) -> str:
    front, columns = query.front, query.columns
    rows = _example(kg, query)
    lines = [f"## {query.name}", f"{front.question} · {front.title_zh}"]
    if front.unsure:
        lines.append(f"Without a confidence: {front.unsure}.")
    if front.params:
        table = ["| parameter | type | default | means |", "|---|---|---|---|"]
        for name, param in front.params.items():
            kind = " or ".join(param.labels or param.choices) or param.type
            default = param.default if param.default is not None else "" if param.required else "all"
            table.append(f"| {name} | {kind} | {default} | {param.about} |")
        lines.append("\n".join(table))
    lines.append("Columns: " + ", ".join(f"`{name}` {columns[name]}" for name in query.row.columns()))
    example = ", ".join(f"{name}: {value}" for name, value in front.example.items()) or "no parameters"
    lines.append(f"Example ({example}), {min(len(rows), SHOWN)} of {len(rows)} rows:")
    lines.append(_table(query.row.columns(), rows.to_dicts()[:SHOWN]))
    lines.append(f"```cypher\n{query.cypher}\n```")
    return "\n\n".join(lines)


def _example(kg: Ask, query: SavedQuery) -> Rows[Any]:
    try:
        return kg.run(query.name, **query.front.example)
    except QueryError as error:
        raise QueryError(f"the example of {query.file} can't be asked: {error}") from error


def _table(columns: list[str], rows: list[dict[str, Any]]) -> str:
    shown = [c for c in columns if any(row[c] not in (None, [], "") for row in rows)]
    lines = ["| " + " | ".join(shown) + " |", "|" + "---|" * len(shown)]
    lines += ["| " + " | ".join(_cell(row[c]) for c in shown) + " |" for row in rows]
    return "\n".join(lines) if rows else "No rows."


def _cell(value: Any) -> str:
    if isinstance(value, list):
        return "; ".join(_cell(item) for item in value)
    if isinstance(value, dict):
        return value["id"] if "publisher" in value else f"{value.get('from')} {value.get('relation')} {value.get('to')}"
    return "" if value is None else str(value).replace("|", "\\|").replace("\n", " ")
