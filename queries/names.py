"""From the name a user gives to the id of one node; an unknown or ambiguous name lists candidates."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from ..graph.errors import StoreError
from ..graph.identity import (
    branch_heads,
    folded,
    house_key,
    house_keys,
    like_keys,
    name_key,
    name_keys,
    name_steps,
    named_group,
    own_registered,
    two_names,
)
from ..graph.legal import RULED
from ..graph.marks import INDEX, MARK
from ..graph.model import register
from ..graph.places import Place, places
from ..graph.store import Store
from ..graph.words import key_query, near_query, search_query
from .likeness import LIKE, MADE, SPELLED, holds_words, made_names, unlike
from .params import QueryError, shown
from .remarks import remark
from .words import stands, statement

_SHAPE = """n.id AS id, n.name AS name, labels(n) AS labels, n.keys AS keys, n.tickers AS tickers,
n.legal_names AS legal, n.country AS country, n.name_zh AS name_zh, n.aliases AS aliases"""
_INDEXED = f"CALL db.index.fulltext.queryNodes('{INDEX}', $query) YIELD node AS n, score"
_BY_ID = f"MATCH (n:{MARK} {{id: $name}}) RETURN {_SHAPE}"
_BEARS = f"WHERE {stands('n')} AND any(key IN $keys WHERE key IN n.keys) RETURN {_SHAPE} ORDER BY id"
_BY_KEYS, _BY_SCAN = f"{_INDEXED} {_BEARS}", f"MATCH (n:{MARK}) {_BEARS}"
_NEAR = f"{_INDEXED} WHERE {stands('n')} RETURN {_SHAPE}, score ORDER BY score DESC, id LIMIT 300"
_ALL = f"MATCH (n:{MARK}) WHERE n.keys IS NOT NULL AND {stands('n')} RETURN {_SHAPE}, 1.0 AS score"
_OWNER = statement("""MATCH (n:ChinaAI {id: $id})-[r:SUBSIDIARY_OF]->(o:ChinaAI)
WHERE {{not_denied(r)}} AND r.status <> 'ended'
RETURN o.id AS id, o.name AS name, labels(o) AS labels, r.share AS share, r.percent AS percent ORDER BY id""")
_ONE = f"MATCH (n:{MARK}) WHERE n.keys IS NOT NULL RETURN n.words IS NOT NULL AS indexed LIMIT 1"
_FACT_IDS = statement("""MATCH (:ChinaAI)-[r]->(:ChinaAI)
WHERE {{closed_too(r)}} AND r.sources IS NOT NULL RETURN r.fact_id AS id
UNION MATCH (n:ChinaAI) WHERE n:Source OR n:Observation OR n:Filing RETURN n.id AS id""")
_DEVELOPED = statement("""MATCH (c:ChinaAI)-[r:DEVELOPED|OPERATES|MANUFACTURED]-(m:ChinaAI)
WHERE c.id IN $ids AND {{not_denied(r)}} AND any(label IN labels(m) WHERE label IN $labels)
RETURN DISTINCT m.id AS id, m.name AS name, labels(m) AS labels ORDER BY size(name), id""")
_MAKERS = statement("""MATCH (:ChinaAI {id: $id})<-[r:DEVELOPED]-(c:ChinaAI) WHERE {{not_denied(r)}}
OPTIONAL MATCH (c)-[s:SUBSIDIARY_OF]->(o:ChinaAI) WHERE {{not_denied(s)}} AND s.status <> 'ended'
RETURN c.id AS maker, o.id AS owner""")
_CODE = f"{_INDEXED} WHERE {stands('n')} AND n.tickers IS NOT NULL RETURN {_SHAPE} ORDER BY id LIMIT 20"
#: Types that often bear the name of the company or product behind them: rows of a register, and precedents.
_REGISTER = {*(cls.label() for cls in register.NODE_TYPES), "Case"}
_SHOWN = 5
#: Characters of the longest text that may be a name, and of which names like it are sought.
_LONGEST = 300


#: What is told where nothing stands, and what is to be done.
EMPTY = "the graph is empty", "run 'chinaai build' first"


class AmbiguousNameError(QueryError):
    """Several nodes bear the name; the hint lists them."""


@dataclass(frozen=True)
class Meant:
    """The node that a name means. `told` says how it was found, where that is not by the name itself."""

    id: str
    told: str = ""


class Names:
    """Looks names up in the graph itself, so that what is asked about is what stands.

    The rule is that of `graph.identity`; the look-up goes through the full-text index, so its cost does not grow with
    the graph. `told` collects what the user should know: a legal entity that was followed to its owner.
    """

    def __init__(self, store: Store) -> None:
        self.store = store
        self.told: list[str] = []

    def resolve(self, name: str, labels: tuple[str, ...] = ()) -> str:
        """The id of the one node that bears the name; curated ones come before rows of a register.

        Args:
            name: id, English or Chinese name, alias, ticker in any form, hub name or registered name.
            labels: node types to choose from; any where empty.
        Raises:
            QueryError: no node or several bear it; the message lists candidates.
        """
        found = self.find(name, labels)
        self.tell(found.told)
        return found.id

    def tell(self, *sentences: str) -> None:
        """Add to what the user should know, each once."""
        self.told += [one for one in dict.fromkeys(sentences) if one and one not in self.told]

    def find(self, name: str, labels: tuple[str, ...] = ()) -> Meant:
        """The same, with what there is to say about how it was found. Raises QueryError."""
        if not isinstance(name, str):
            raise QueryError(f"'{shown(name)}' is no name", "", "give one text: an id, a name, an alias or a ticker")
        if len(name) > _LONGEST:
            raise self._unknown(name, labels, [])
        known = self.store.read(_BY_ID, name=folded(name))
        fitting = _curated_first(known, labels)
        if len(fitting) == 1:
            return Meant(str(fitting[0]["id"]))
        key = name_key(name)
        if known:  # an id of another type: meant is what bears it as a name of its own, and not what a hub calls so
            own = [row for row in _curated_first(self._bearing([key]), labels) if key in name_keys(_own_names(row))]
            if len(own) == 1:
                return Meant(str(own[0]["id"]), remark(name, key, own[0]))
            raise self._unknown(name, labels, known)
        steps = name_steps(name, labels or RULED)
        rows = self._bearing([key for step in steps for key in step])
        for step in steps:
            bearing = [row for row in rows if not set(step).isdisjoint(row["keys"])]
            first = _curated_first(bearing, labels)
            if len(first) == 1 and (key in first[0]["keys"] or own_registered(name, first[0]["legal"] or ())):
                return Meant(str(first[0]["id"]), remark(name, key, first[0]))
            if len(first) == 1:  # the registered name of somebody else, unless it is of the same house
                if meant := self._house(name, labels):
                    return meant
                raise _another(name, first[0])
            if first:
                what = f"'{shown(name)}' is the name of {len(first)} nodes"
                raise AmbiguousNameError(what, "", f"use an id: {_list(first)}")
            if bearing and (meant := self._owner(name, bearing, labels)):
                return meant
            if key in step and "Company" in labels and _entities(bearing):
                rows = bearing  # a legal person of its own: the company that bears a part of its name is another
                break
        for look in (self._both, self._made, self._branch, self._house, self._place):
            if meant := look(name, labels):
                return meant
        raise self._unknown(name, labels, rows)

    def need_any(self) -> None:
        """Make sure that an answer is not empty because nothing stands. Raises QueryError."""
        if not self.store.read(_ONE):
            raise QueryError(EMPTY[0], self.store.endpoint.where, EMPTY[1])

    def near_facts(self, name: str) -> list[str]:
        """Ids of facts, figures, filings and sources that are nearest to a word, the best first."""
        from rapidfuzz import fuzz, process

        ids = [str(row["id"]) for row in self.store.read(_FACT_IDS)]
        return [one for one, _, _ in process.extract(folded(name), ids, scorer=fuzz.ratio, limit=3, score_cutoff=80)]

    def near(self, name: str, labels: tuple[str, ...] = (), limit: int = _SHOWN) -> list[dict[str, Any]]:
        """Nodes with a like name, best first. Only ever a hint, never an answer."""
        from rapidfuzz import fuzz, process  # most names are known, and the import takes longer than the look-up
        from rapidfuzz.distance import OSA

        name = name[:_LONGEST]
        query = near_query(name)
        found = self._indexed(_NEAR, _ALL, query=query) if query else []
        by_key: dict[str, list[dict[str, Any]]] = {}
        for row in found:
            if not labels or set(labels) & set(row["labels"]):
                for key in row["keys"]:
                    by_key.setdefault(key, []).append(row)
        wanted = name_key(name)
        best = {
            key for key, _, _ in process.extract(wanted, list(by_key), scorer=fuzz.WRatio, limit=50, score_cutoff=70)
        }
        best |= {key for key in by_key if holds_words(name, key) or OSA.distance(wanted, key, score_cutoff=1) <= 1}
        ranked = sorted(
            (*unlike(name, key), bool(_REGISTER & set(row["labels"])), key, str(row["id"]), i)
            for key in best
            for i, row in enumerate(by_key[key])
        )
        like = {str(row["id"]): row for row in self.hinted(name, labels)}
        for rank, far, _, key, found_id, i in ranked:
            if rank < SPELLED or not like or far <= -LIKE:
                like.setdefault(found_id, by_key[key][i])
        return list(like.values())[:limit]

    def hinted(self, name: str, labels: tuple[str, ...]) -> list[dict[str, Any]]:
        """Nodes that a word may mean though it is no name of theirs, as copilot may mean an agent, 淘宝 Alibaba."""
        rows = self._bearing([*like_keys(name), house_key(name)])
        return [row for row in rows if not labels or set(labels) & set(row["labels"])]

    def _bearing(self, keys: list[str]) -> list[dict[str, Any]]:
        if not keys:
            return []
        return self._indexed(_BY_KEYS, _BY_SCAN, query=key_query(keys), keys=keys)

    def _indexed(self, text: str, scan: str, **params: Any) -> list[dict[str, Any]]:
        """Rows by the index; by reading all nodes where the graph came here by another way and has none."""
        try:
            rows = self.store.read(text, **params)
        except StoreError:
            if self._has_words():
                raise
            return self.store.read(scan, **params)
        return rows or ([] if self._has_words() else self.store.read(scan, **params))

    def _has_words(self) -> bool:
        one = self.store.read(_ONE)
        return not one or bool(one[0]["indexed"])

    def _owner(self, name: str, bearing: list[dict[str, Any]], labels: tuple[str, ...]) -> Meant | None:
        """The owner of the legal entity that bears a registered name, where a company is asked for."""
        entities = _entities(bearing)
        if "Company" not in labels or len(entities) != 1:
            return None
        entity = entities[0]
        owners = self.store.read(_OWNER, id=entity["id"])
        sure = [owner for owner in owners if owner["share"] not in ("joint-venture", "minority")]
        if len(sure) == 1 and len(owners) == 1:
            owner = sure[0]
            held = f"{owner['percent']:g} % held" if owner["percent"] else f"share {owner['share']}"
            told = f"'{shown(name)}' is the legal entity {entity['id']}; asked about its owner {owner['id']}"
            return Meant(str(owner["id"]), f"{told} ({owner['name']}, {held})")
        if owners:
            hint = f"its owners: {_list(owners)}; use the id of the one you mean"
            raise QueryError(f"'{shown(name)}' is a legal entity that is not one company's alone", "", hint)
        return None

    def _made(self, name: str, labels: tuple[str, ...]) -> Meant | None:
        """The model, line or product before 大模型 or behind its maker, where that made it: see `made_names`."""
        wanted = tuple(one for one in MADE if not labels or one in labels)
        pairs = made_names(name) if wanted else []
        rows = [row for row in self._bearing([name_key(one) for one, _ in pairs if one]) if "Company" in row["labels"]]
        for maker, rest in pairs:
            makers = [row for row in rows if name_key(maker) in row["keys"]]
            for made in dict.fromkeys(f"{word} {rest}".strip() for word in ("", *(row["name"] for row in makers))):
                if maker and not makers:
                    break
                try:
                    found = self.find(made, wanted)
                except QueryError:
                    continue
                by = self.store.read(_MAKERS, id=found.id) if maker else []
                if not maker or {one for row in by for one in (row["maker"], row["owner"])} & {r["id"] for r in makers}:
                    return found
        return None

    def _branch(self, name: str, labels: tuple[str, ...]) -> Meant | None:
        """The company whose branch a name means; a branch is no legal person of its own."""
        for head in branch_heads(name) if "Company" in labels or not labels else ():
            try:
                whole = self.find(head, ("Company",))
            except QueryError:
                continue
            return Meant(whole.id, f"'{shown(name)}' is taken for a branch; asked about the company, {whole.id}")
        return None

    def _house(self, name: str, labels: tuple[str, ...]) -> Meant | None:
        """The company whose own word stands in a registered name that is not known by itself."""
        keys = house_keys(name) if "Company" in labels or not labels else []
        rows = self._bearing(keys)
        for key in keys:
            bearing = [row for row in rows if key in row["keys"] and "Company" in row["labels"]]
            if len(bearing) == 1 and (bearing[0]["country"] in ("CN", "HK") or not named_group(name)):
                one = bearing[0]
                told = f"'{shown(name)}' is not known by itself; asked about {one['id']} ({one['name']})"
                return Meant(str(one["id"]), f"{told}, whose name it bears")
        return None

    def _place(self, name: str, labels: tuple[str, ...]) -> Meant | None:
        """The city of the graph that a name means, or the province that it means or lies in."""
        found = places(name) if "Jurisdiction" in labels or not labels else []
        if not labels and any(one.kind == "code" or len(name) == 1 for one in found):
            return None  # a sign or two of anything
        for one in found if len(found) == 1 else ():
            key = name_key(one.zh)
            own = [row for row in self._bearing([key]) if "Jurisdiction" in row["labels"] and key in row["keys"]]
            if len(own) == 1:
                return Meant(str(own[0]["id"]), one.told(shown(name)) if one.kind == "code" else "")
            if self.store.read(_BY_ID, name=one.province):
                return Meant(one.province, one.told(shown(name)))
        if len(found) > 1:
            raise _alike(name, found)
        return None

    def _both(self, name: str, labels: tuple[str, ...]) -> Meant | None:
        """The node that both halves of 阿里巴巴(Alibaba) mean."""
        halves = two_names(name)
        if halves is None:
            return None
        try:
            one, other = (self.find(half, labels) for half in halves)
        except QueryError:
            return None
        return one if one.id == other.id else None

    def _unknown(self, name: str, labels: tuple[str, ...], rows: list[dict[str, Any]]) -> QueryError:
        what = " or ".join(labels) or "entity"
        said = shown(name)
        if rows:
            like = [] if "Company" in labels and _entities(rows) else self._developed(rows, labels)
            like = like or self.near(name, labels)
            hint = f"; did you mean {_list(like)}?" if like else ""
            return QueryError(f"'{said}' is no {what}", "", f"it names {_list(rows[:_SHOWN])}{hint}")
        if folded(name).isdigit():
            codes = ", ".join(self._listings(folded(name).lstrip("0"))) or _list(self.near(name, ("Company",)))
            hint = f"did you mean {codes}?" if codes else "write a listing as HKEX:9988 or 9988.HK"
            return QueryError(f"'{said}' is a bare number, which is no name", "", hint)
        near = self.near(name, labels)
        if near:
            hint = f"did you mean {_list(near)}?"
        elif self.store.read(_ONE):
            hint = "'chinaai ask names --text WORD' searches all names"
        else:
            hint = "; ".join(EMPTY)
        return QueryError(f"unknown {what} '{said}'", "", hint)

    def _developed(self, rows: list[dict[str, Any]], labels: tuple[str, ...]) -> list[dict[str, Any]]:
        """What those that bear a name made of the types asked for, or who made them; of models the families alone."""
        ids = [row["id"] for row in rows]
        found = self.store.read(_DEVELOPED, ids=ids, labels=list(labels))
        return [row for row in found if "ModelFamily" in row["labels"]] or found[:_SHOWN]

    def _listings(self, number: str) -> list[str]:
        """Codes of listings that are this number, whose noughts in front exchanges write and people leave out."""
        if not number or not self._has_words():
            return []
        forms = dict.fromkeys((number, number.zfill(4), number.zfill(6)))  # of Hong Kong, and of the mainland
        rows = [row for form in forms for row in self.store.read(_CODE, query=search_query(form))]
        codes = [code for row in rows for code in row["tickers"] if code.split(":")[1].lstrip("0") == number]
        return list(dict.fromkeys(codes))


def _another(name: str, row: dict[str, Any]) -> QueryError:
    """It ends like a registered name, and those of the one company that is called so are others."""
    own = ", ".join(one for one in row["legal"] or () if not one.isascii())
    hint = f"{row['id']} ({row['name']}) is registered as {own}; use that id if it is meant"
    return QueryError(f"'{shown(name)}' may be another company of that name", "", hint)


def _alike(name: str, found: list[Place]) -> AmbiguousNameError:
    hint = f"write its Chinese name or its province: {', '.join(map(str, found))}"
    return AmbiguousNameError(f"'{shown(name)}' is the name of {len(found)} places", "", hint)


def _entities(rows: list[dict[str, Any]]) -> list[dict[str, Any]]:
    return [row for row in rows if "LegalEntity" in row["labels"]]


def _curated_first(rows: list[dict[str, Any]], labels: tuple[str, ...]) -> list[dict[str, Any]]:
    """Those of the types that are asked for: the curated ones alone, else a service before its filing."""
    fitting = [row for row in rows if not labels or set(labels) & set(row["labels"])]
    apart = ([row for row in fitting if not less & set(row["labels"])] for less in (_REGISTER, {"Filing"}))
    return next(filter(None, apart), fitting)


def _own_names(row: dict[str, Any]) -> list[str]:
    """The names of a node, without those by which hubs and registers know it."""
    return [one for one in (row["name"], row["name_zh"], *(row["aliases"] or ())) if one]


def _list(rows: list[dict[str, Any]]) -> str:
    parts = []
    for row in rows:
        labels = [label for label in row["labels"] if label != MARK]
        parts.append(f"{row['id']} ({'/'.join(labels)}: {row['name']})")
    return ", ".join(parts)
