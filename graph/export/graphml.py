"""GraphML 1.0: nodes and facts with typed keys.

Lists are JSON arrays, dates ISO 8601 text; the id of a key ends with the kind of its property
(`aliases.strings`, `known_from.date`) and its `desc` says so in words. An absent property has no `data`.
networkx has a writer, but it holds the whole graph and refuses lists, dates and None.
"""

from __future__ import annotations

from pathlib import Path

from .markup import NUMBERS, Xml, cells, column_id, columns
from .reading import Reader
from .values import Kind

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_FORM: dict[Kind, str] = {
    "date": "ISO 8601 date", "strings": "JSON array of texts", "integers": "JSON array of integers",
    "floats": "JSON array of numbers",
}  # fmt: skip
_ID, _FACT = frozenset({"id"}), frozenset({"fact_id"})


def write_graphml(reader: Reader, path: Path) -> list[str]:
    """Write keys, nodes and edges; the id of a node or edge is its own."""
    survey, xml = reader.survey(), Xml()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_HEAD)
        for side, name, kinds, skip in (("node", "label", survey.nodes, _ID), ("edge", "type", survey.edges, _FACT)):
            file.write(_key(side, name, "string", f"{side}.{name}"))
            for prop, kind in columns(kinds, skip):
                file.write(_key(side, prop, kind, f"{side}.{column_id(prop, kind)}"))
        file.write('<graph edgedefault="directed">\n')
        for node in reader.nodes():
            file.write(f"<node id={xml.attribute(node.id)}>{_data(xml, 'node.label', node.label)}")
            file.writelines(_data(xml, f"node.{key}", text) for key, text in cells(node.props, _ID))
            file.write("</node>\n")
        for edge in reader.edges():
            ends = f"source={xml.attribute(edge.start[1])} target={xml.attribute(edge.end[1])}"
            file.write(f"<edge id={xml.attribute(edge.fact_id)} {ends}>{_data(xml, 'edge.type', edge.type)}")
            file.writelines(_data(xml, f"edge.{key}", text) for key, text in cells(edge.props, _FACT))
            file.write("</edge>\n")
        file.write("</graph>\n</graphml>\n")
    return xml.remarks()


def _key(side: str, name: str, kind: Kind, key: str) -> str:
    desc = f"<desc>{_FORM[kind]}</desc>" if kind in _FORM else ""
    return f'<key id="{key}" for="{side}" attr.name="{name}" attr.type="{NUMBERS.get(kind, "string")}">{desc}</key>\n'


def _data(xml: Xml, key: str, text: str) -> str:
    return f'<data key="{key}">{xml.text(text)}</data>'
