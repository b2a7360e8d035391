"""Folders of tables, one a type: CSV for `neo4j-admin database import full`, and Parquet."""

from __future__ import annotations

import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from ..elements import Edge, chunks
from ..errors import ExportError
from ..marks import MARK
from ..statements import constraints
from .cells import ARGUMENTS, CSV_TYPES, cell
from .reading import PAGE, Reader, Survey
from .target import MANIFEST
from .values import LISTS, Kind

_FIXED = ("id", "fact_id")


def write_neo4j_csv(reader: Reader, folder: Path) -> list[str]:
    """Tables with headers as the import tool reads them, its arguments, and our constraints.

    Absent is an empty cell, an empty text is `""`. Raises ExportError where a list item holds the separator.
    """
    survey = reader.survey()
    arguments = ["database", "import", "full", "neo4j", "--multiline-fields=true", *ARGUMENTS]
    for label, kinds in survey.nodes.items():
        names = _columns(kinds)
        header = ["id:ID", *(f"{name}:{CSV_TYPES[kinds[name]]}" for name in names)]
        file = Path("nodes") / f"{label}.csv"
        _write_csv(folder / file, header, ([n.id, *(n.props.get(c) for c in names)] for n in reader.nodes(label)))
        arguments.append(f"--nodes={MARK}:{label}={file.as_posix()}")
    for kind, kinds in survey.edges.items():
        names = _columns(kinds)
        header = [":START_ID", ":END_ID", "fact_id:string", *(f"{name}:{CSV_TYPES[kinds[name]]}" for name in names)]
        file = Path("relationships") / f"{kind}.csv"
        rows = ([e.start[1], e.end[1], e.fact_id, *(e.props.get(c) for c in names)] for e in reader.edges(kind))
        _write_csv(folder / file, header, rows)
        arguments.append(f"--relationships={kind}={file.as_posix()}")
    (folder / "import.args").write_text("\n".join(arguments) + "\n", encoding="utf-8", newline="\n")
    text = "".join(f"{statement};\n" for statement in constraints().values())
    (folder / "constraints.cypher").write_text(text, encoding="utf-8", newline="\n")
    how = "in this folder, with the server stopped: neo4j-admin @import.args; then, with it started, constraints.cypher"
    _write_manifest(folder, "neo4j-csv", reader, survey, how)
    return [how]


def write_parquet(reader: Reader, folder: Path) -> list[str]:
    """`nodes/TYPE.parquet` and `relationships/TYPE.parquet`; dates and lists keep their types.

    Raises:
        ExportError: pyarrow is not installed.
    """
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise ExportError("pyarrow is not installed", hint="pip install 'chinaai[parquet]'") from error
    types = {
        "string": pyarrow.string(), "integer": pyarrow.int64(), "float": pyarrow.float64(),
        "boolean": pyarrow.bool_(), "date": pyarrow.date32(),
    }  # fmt: skip

    def arrow(kind: Kind) -> Any:
        return pyarrow.list_(types[LISTS[kind]]) if kind in LISTS else types[kind]

    def write(file: Path, fixed: list[str], kinds: dict[str, Kind], rows: Iterable[dict[str, Any]]) -> None:
        fields = [(name, pyarrow.string()) for name in fixed] + [(name, arrow(kinds[name])) for name in _columns(kinds)]
        schema = pyarrow.schema(fields)
        file.parent.mkdir(exist_ok=True)
        with pyarrow.parquet.ParquetWriter(file, schema, compression="zstd") as writer:
            for page in chunks(rows, PAGE):
                writer.write_table(pyarrow.Table.from_pylist(page, schema=schema))

    survey = reader.survey()
    for label, kinds in survey.nodes.items():
        rows: Iterable[dict[str, Any]] = ({**n.props, "label": label} for n in reader.nodes(label))
        write(folder / "nodes" / f"{label}.parquet", ["id", "label"], kinds, rows)
    for kind, kinds in survey.edges.items():
        fixed = ["fact_id", "type", "start", "start_label", "end", "end_label"]
        write(folder / "relationships" / f"{kind}.parquet", fixed, kinds, map(_edge_row, reader.edges(kind)))
    _write_manifest(folder, "parquet", reader, survey, "one table a type; an absent property is null")
    return []


def _columns(kinds: dict[str, Kind]) -> list[str]:
    return sorted(name for name in kinds if name not in _FIXED)


def _edge_row(edge: Edge) -> dict[str, Any]:
    ends = dict(zip(("start_label", "start", "end_label", "end"), (*edge.start, *edge.end), strict=True))
    return {**edge.props, "type": edge.type, **ends}


def _write_csv(file: Path, header: list[str], rows: Iterable[list[Any]]) -> None:
    file.parent.mkdir(exist_ok=True)
    with file.open("w", encoding="utf-8", newline="") as out:
        out.write(",".join(header) + "\n")
        for row in rows:
            out.write(",".join(cell(value, f"{file.stem} '{row[0]}'") for value in row) + "\n")


def _write_manifest(folder: Path, name: str, reader: Reader, survey: Survey, how: str) -> None:
    selection = reader.selection
    content = {
        "format": name, "nodes": survey.node_count, "relationships": survey.edge_count,
        "as_of": selection.as_of.isoformat() if selection.as_of else None, "licence": selection.licence,
        "left_out": reader.left_out.sentences(selection), "note": how,
        "kinds": {"nodes": survey.nodes, "relationships": survey.edges},
    }  # fmt: skip
    text = json.dumps(content, ensure_ascii=False, indent=1) + "\n"
    (folder / MANIFEST).write_text(text, encoding="utf-8", newline="\n")
