"""A Word document with all that its readers see in the plain places where python-docx looks, and nothing else.

python-docx reads runs, rows and tables that stand directly in their parents. Word wraps them where somebody tracked
changes, used content controls, fields or text boxes; what is wrapped would be lost without a word, and what was struck
out would come back.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from docx.oxml.ns import qn

#: Wrappers that mean nothing for what is read: what they hold takes their place.
_WRAPPERS = ("ins", "moveTo", "sdt", "sdtContent", "smartTag", "customXml", "fldSimple", "hyperlink")
_MARKS = ("sdtPr", "sdtEndPr", "smartTagPr", "customXmlPr")
#: What was struck out, or stands there for older programs only.
_GONE = ("del", "moveFrom", "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback")
#: A table inside another one is a table of its own from this many rows and columns on, else the text of its cell.
_OWN = 2


def straighten(document: Any) -> list[str]:
    """Undo in place what hides words from a plain reading, and tell what was left out."""
    body = document.element.body
    told = []
    rows = [row for row in body.iter(qn("w:tr")) if row.find(f"{qn('w:trPr')}/{qn('w:del')}") is not None]
    struck = [item for name in _GONE for item in body.iter(name if name.startswith("{") else qn(f"w:{name}"))]
    struck = [item for item in struck if item.getparent().tag not in (qn("w:rPr"), qn("w:trPr"))]
    hidden = [run for run in body.iter(qn("w:r")) if run.find(f"{qn('w:rPr')}/{qn('w:vanish')}") is not None]
    for what, items in (("rows that were struck out", rows), ("runs of hidden text", hidden)):
        if items:
            told.append(f"left out, {what}: {len(items)}")
    for item in (*rows, *struck, *hidden):
        if item.getparent() is not None:
            item.getparent().remove(item)
    for item in [item for name in _WRAPPERS for item in body.iter(qn(f"w:{name}"))]:
        _unwrap(item)
    for table in list(_inner(body)):
        _lift(table, body)
    return told


def _unwrap(item: Any) -> None:
    parent = item.getparent()
    if parent is None or parent.tag in (qn("w:rPr"), qn("w:trPr")):
        return  # a mark on a run or row, which holds nothing
    for child in list(item):
        if child.tag not in {qn(f"w:{name}") for name in _MARKS}:
            item.addprevious(child)
    parent.remove(item)


def _inner(body: Any) -> Iterator[Any]:
    """Tables inside cells and text boxes, the innermost first."""
    yield from reversed([table for table in body.iter(qn("w:tbl")) if table.getparent() is not body])


def _lift(table: Any, body: Any) -> None:
    """Put an inner table before what holds it, or, where it is too small for one, its words into the cell."""
    rows = table.findall(qn("w:tr"))
    if len(rows) >= _OWN and max(len(row.findall(qn("w:tc"))) for row in rows) >= _OWN:
        top = table
        while top.getparent() is not body:
            top = top.getparent()
        top.addprevious(table)
        return
    for paragraph in list(table.iter(qn("w:p"))):
        table.addprevious(paragraph)
    table.getparent().remove(table)
