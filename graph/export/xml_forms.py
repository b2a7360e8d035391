"""GraphML 1.0, and GEXF 1.2 for Gephi.

Lists are JSON arrays and dates ISO 8601 text; the id of a column ends with the kind of its property
(`aliases.strings`, `known_from.date`), and GraphML's `desc` says it in words. An absent property has no `data`.
In GEXF names are labels, confidence is weight, the type of a node or fact is the column `type`, and the end of a
validity is Gephi's last day (inclusive), one day before our `valid_to`. networkx has a writer of GraphML, but it holds
the whole graph and refuses lists, dates and None.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape, quoteattr

from .reading import Reader
from .values import Kind, kind_of, to_text

#: Characters that XML 1.0 can't hold, not even escaped.
_FORBIDDEN = re.compile("[^\t\n\r\x20-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_NUMBERS: dict[Kind, str] = {"integer": "long", "float": "double", "boolean": "boolean"}
_GRAPHML = """<?xml version="1.0" encoding="UTF-8"?>
<graphml xmlns="http://graphml.graphdrawing.org/xmlns" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://graphml.graphdrawing.org/xmlns http://graphml.graphdrawing.org/xmlns/1.0/graphml.xsd">
"""
_GEXF = """<?xml version="1.0" encoding="UTF-8"?>
<gexf xmlns="http://www.gexf.net/1.2draft" xmlns:xsi="http://www.w3.org/2001/XMLSchema-instance" \
xsi:schemaLocation="http://www.gexf.net/1.2draft http://www.gexf.net/1.2draft/gexf.xsd" version="1.2">
<meta><creator>chinaai</creator><description>A cited, dated graph of the China AI ecosystem</description></meta>
<graph mode="dynamic" defaultedgetype="directed" timeformat="date">
"""
#: What GraphML says of kinds that its own types don't tell.
_FORM: dict[Kind, str] = {
    "date": "ISO 8601 date", "strings": "JSON array of texts", "integers": "JSON array of integers",
    "floats": "JSON array of numbers",
}  # fmt: skip
#: Properties that stand as attributes of their element.
_IDS = frozenset({"id", "fact_id"})


def write_graphml(reader: Reader, path: Path) -> list[str]:
    """Write keys, nodes and edges; the id of a node or edge is its own."""
    survey, xml = reader.survey(), _Xml()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_GRAPHML)
        for side, name, kinds in (("node", "label", survey.nodes), ("edge", "type", survey.edges)):
            file.write(_key(side, name, "string", f"{side}.{name}"))
            for prop, kind in _columns(kinds):
                file.write(_key(side, prop, kind, f"{side}.{_column_id(prop, kind)}"))
        file.write('<graph edgedefault="directed">\n')
        for node in reader.nodes():
            file.write(f"<node id={xml.attribute(node.id)}>{_data(xml, 'node.label', node.label)}")
            file.writelines(_data(xml, f"node.{key}", text) for key, text in _cells(node.props))
            file.write("</node>\n")
        for edge in reader.edges():
            ends = f"source={xml.attribute(edge.start[1])} target={xml.attribute(edge.end[1])}"
            file.write(f"<edge id={xml.attribute(edge.fact_id)} {ends}>{_data(xml, 'edge.type', edge.type)}")
            file.writelines(_data(xml, f"edge.{key}", text) for key, text in _cells(edge.props))
            file.write("</edge>\n")
        file.write("</graph>\n</graphml>\n")
    return xml.remarks()


def write_gexf(reader: Reader, path: Path) -> list[str]:
    """Write columns, nodes and edges; Source nodes are among them, as they are what facts cite."""
    survey, xml = reader.survey(), _Xml()
    with path.open("w", encoding="utf-8", newline="\n") as file:
        file.write(_GEXF)
        for side, kinds in (("node", survey.nodes), ("edge", survey.edges)):
            file.write(f'<attributes class="{side}" mode="static">\n{_attribute("type", "string", "type")}')
            file.writelines(_attribute(prop, kind, _column_id(prop, kind)) for prop, kind in _columns(kinds))
            file.write("</attributes>\n")
        file.write("<nodes>\n")
        for node in reader.nodes():
            name = xml.attribute(str(node.props.get("name") or node.id))
            file.write(f"<node id={xml.attribute(node.id)} label={name}{_span(node.props)}>")
            file.write(_values(xml, node.label, node.props) + "</node>\n")
        file.write("</nodes>\n<edges>\n")
        for edge in reader.edges():
            ends = f"source={xml.attribute(edge.start[1])} target={xml.attribute(edge.end[1])}"
            confidence = edge.props.get("confidence")
            weight = f' weight="{confidence!r}"' if isinstance(confidence, float) else ""
            label = f"label={xml.attribute(edge.type)}"
            file.write(f"<edge id={xml.attribute(edge.fact_id)} {ends} {label}{weight}{_span(edge.props)}>")
            file.write(_values(xml, edge.type, edge.props) + "</edge>\n")
        file.write("</edges>\n</graph>\n</gexf>\n")
    return xml.remarks()


class _Xml:
    """Escapes text and counts what XML could not hold."""

    def __init__(self) -> None:
        self.replaced = 0

    def text(self, value: str) -> str:
        """Text between tags; a carriage return survives only as a reference."""
        return escape(self._allowed(value), {"\r": "&#13;"})

    def attribute(self, value: str) -> str:
        """A quoted attribute value; line ends and tabs survive as references."""
        return quoteattr(self._allowed(value))

    def remarks(self) -> list[str]:
        """What the user has to know."""
        if not self.replaced:
            return []
        what = "character that XML can't hold by U+FFFD; jsonl keeps it"
        if self.replaced > 1:
            what = "characters that XML can't hold by U+FFFD; jsonl keeps them"
        return [f"replaced {self.replaced} control {what}"]

    def _allowed(self, value: str) -> str:
        text, count = _FORBIDDEN.subn("\ufffd", value)
        self.replaced += count
        return text


def _columns(kinds: Mapping[str, Mapping[str, Kind]]) -> list[tuple[str, Kind]]:
    """One column for each property and kind of several types, sorted."""
    return sorted({(name, kind) for props in kinds.values() for name, kind in props.items() if name not in _IDS})


def _column_id(name: str, kind: Kind) -> str:
    return f"{name}.{kind}"


def _cells(props: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    """(column id, text) of each property that is there."""
    for name, value in sorted(props.items()):
        if name not in _IDS:
            yield _column_id(name, kind_of(value)), to_text(value)


def _key(side: str, name: str, kind: Kind, key: str) -> str:
    desc = f"<desc>{_FORM[kind]}</desc>" if kind in _FORM else ""
    return f'<key id="{key}" for="{side}" attr.name="{name}" attr.type="{_NUMBERS.get(kind, "string")}">{desc}</key>\n'


def _data(xml: _Xml, key: str, text: str) -> str:
    return f'<data key="{key}">{xml.text(text)}</data>'


def _attribute(name: str, kind: Kind, key: str) -> str:
    return f'<attribute id="{key}" title="{name}" type="{_NUMBERS.get(kind, "string")}"/>\n'


def _values(xml: _Xml, own: str, props: Mapping[str, Any]) -> str:
    found = [("type", own), *_cells(props)]
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
