"""GEXF 1.2 for Gephi: names as labels, confidence as weight, validity on Gephi's timeline.

Lists are JSON arrays and dates ISO 8601 text in columns of type string; the id of a column ends with the
kind of its property (`aliases.strings`). The type of a node or fact is the column `type`. The end of a
validity is Gephi's last day (inclusive), one day before our `valid_to`.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from .markup import NUMBERS, Xml, cells, column_id, columns
from .reading import Reader
from .values import Kind

_HEAD = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://www.gexf.net/1.2draft http://www.gexf.net/1.2draft/gexf.xsd" version="1.2">
<meta><creator>chinaai</creator><description>A cited, dated graph of the China AI ecosystem</description></meta>
<graph mode="dynamic" defaultedgetype="directed" timeformat="date">
"""
_ID, _FACT = frozenset({"id"}), frozenset({"fact_id"})


def write_gexf(reader: Reader, path: Path) -> list[str]:
    """Write columns, nodes and edges; Source nodes are among them, as they are what facts cite."""
    survey, xml = reader.survey(), Xml()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_HEAD)
        for side, kinds, skip in (("node", survey.nodes, _ID), ("edge", survey.edges, _FACT)):
            file.write(f'<attributes class="{side}" mode="static">\n{_column("type", "string", "type")}')
            file.writelines(_column(prop, kind, column_id(prop, kind)) for prop, kind in columns(kinds, skip))
            file.write("</attributes>\n")
        file.write("<nodes>\n")
        for node in reader.nodes():
            name = xml.attribute(str(node.props.get("name") or node.id))
            file.write(f"<node id={xml.attribute(node.id)} label={name}{_span(node.props)}>")
            file.write(_values(xml, node.label, node.props, _ID) + "</node>\n")
        file.write("</nodes>\n<edges>\n")
        for edge in reader.edges():
            ends = f"source={xml.attribute(edge.start[1])} target={xml.attribute(edge.end[1])}"
            confidence = edge.props.get("confidence")
            weight = f' weight="{confidence!r}"' if isinstance(confidence, float) else ""
            label = f"label={xml.attribute(edge.type)}"
            file.write(f"<edge id={xml.attribute(edge.fact_id)} {ends} {label}{weight}{_span(edge.props)}>")
            file.write(_values(xml, edge.type, edge.props, _FACT) + "</edge>\n")
        file.write("</edges>\n</graph>\n</gexf>\n")
    return xml.remarks()


def _column(name: str, kind: Kind, key: str) -> str:
    return f'<attribute id="{key}" title="{name}" type="{NUMBERS.get(kind, "string")}"/>\n'


def _values(xml: Xml, own: str, props: Mapping[str, Any], skip: frozenset[str]) -> str:
    found = [("type", own), *cells(props, skip)]
    inner = "".join(f'<attvalue for="{key}" value={xml.attribute(text)}/>' for key, text in found)
    return f"<attvalues>{inner}</attvalues>"


def _span(props: Mapping[str, Any]) -> str:
    since, until = props.get("known_from"), props.get("valid_to")
    start = f' start="{since.isoformat()}"' if isinstance(since, date) else ""
    if not isinstance(until, date) or until == date.min:
        return start
    last = until - timedelta(days=1)
    if isinstance(since, date):
        last = max(last, since)  # a span that ends before it begins is refused by readers
    return f'{start} end="{last.isoformat()}"'
