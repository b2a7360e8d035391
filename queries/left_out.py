"""What an answer leaves out by its rule though a reader may look for it: ties that had ended, ties not followed, models
that bear the name asked for, services of the register whose kind nobody judged."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from typing import Any

from ..graph.dates import PartialDate
from ..graph.store import Store
from ..graph.when import told
from .saved import CHAIN_ENDS, SavedQuery
from .words import statement

#: Ties that a note names; the others are counted.
SHOWN = 3
#: Models that a note names; the others are counted.
NAMED = 12
_DIRECT = statement("""MATCH (:ChinaAI {id: $start})-[r]-(:ChinaAI {id: $end})
WHERE r.sources IS NOT NULL AND {{known(r)}} AND (NOT type(r) IN $followed OR r.valid_to <= $as_of)
RETURN r.fact_id AS fact_id, type(r) AS relation, r.since AS since, r.announced AS announced, r.as_of AS as_of,
       r.until AS until, r.status AS status
ORDER BY fact_id""")
#: Models that bear the first word of the name of a family or product and are not known to be of it, the newest first.
_NAMESAKES = statement("""MATCH (f:ChinaAI {id: $model}) WHERE f:ModelFamily OR f:Product
WITH f, split(split(f.name, ' ')[0], '-')[0] AS word
MATCH (m:ChinaAI:Model)<-[d:DEVELOPED]-(:ChinaAI)
WHERE (m.name STARTS WITH word + ' ' OR m.name STARTS WITH word + '-') AND {{known_either(d)}}
OPTIONAL MATCH (m)-[i:IN_FAMILY]->(f) WHERE {{stands(i)}}
WITH m, d, i WHERE i IS NULL
RETURN m.name AS name, max(coalesce(d.known_from, date('1900-01-01'))) AS since
ORDER BY since DESC, name""")
_JUDGED = statement("""MATCH (v:ChinaAI:Service)<-[c:COVERS]-(f:ChinaAI:Filing)
WHERE {{stands(c)}} AND {{known_either(f)}}
OPTIONAL MATCH (v)-[s:FOR_SERVICE]->(:ChinaAI:ServiceKind) WHERE {{stands(s)}}
RETURN count(DISTINCT v) AS whole, count(DISTINCT CASE WHEN s IS NOT NULL THEN v END) AS judged""")
_NOT_FOLLOWED = (
    "talks, choices and the like are not followed here; evidence-path follows ties of every kind · "
    "此处不计洽谈、选择等关系；evidence-path 涵盖所有关系"
)


def left_out(
    store: Store, query: SavedQuery, bound: Mapping[str, Any], found: Sequence[Mapping[str, Any]]
) -> list[str]:  # fmt: skip
    """Sentences in both languages, each on what an answer leaves out and how it is seen; none where that is nothing.

    Args:
        bound: the values with which the question was asked.
        found: the rows of its answer.
    """
    return [
        *_ended(store, query, bound, found), *_not_followed(store, query, bound, bool(found)),
        *_namesakes(store, query, bound), *_unjudged(store, query, bound),
    ]  # fmt: skip


def _ended(
    store: Store, query: SavedQuery, bound: Mapping[str, Any], rows: Sequence[Mapping[str, Any]]
) -> Iterator[str]:  # fmt: skip
    """Facts that would be rows of the answer, had they not ended by its day."""
    if not query.ended:
        return
    there = {None, *(row.get("fact_id") for row in rows)}
    over = {row["fact_id"]: row for row in store.read(query.ended, **bound) if row["fact_id"] not in there}
    if over:
        day = bound["as_of"]
        newest = sorted(over.values(), key=lambda row: (_end(row), row["fact_id"]), reverse=True)
        yield (
            f"left out, ended by {day}: {_named(newest)}; "
            "an earlier day (as_of) shows what is known to have held on it · "
            f"至{day}已结束、未列出的有{len(over)}条；以更早的日期（as_of）提问，可见已知当日仍有效者"
        )


def _not_followed(store: Store, query: SavedQuery, bound: Mapping[str, Any], any_rows: bool) -> Iterator[str]:
    """Ties between both ends that a question for chains does not follow: of other kinds, or ended."""
    if not query.front.follows:
        return
    direct = store.read(_DIRECT, followed=query.front.follows, **{name: bound[name] for name in CHAIN_ENDS})
    if direct:
        yield (
            f"not followed, of another kind or ended: {_named(direct)}; ties and talks of either show them, "
            f"ended ones as of an earlier day (as_of) · "
            f"两者之间另有{len(direct)}条洽谈、选择等或已结束的关系未计入；"
            "见 ties 与 talks，已结束者以更早的日期（as_of）提问"
        )
    if not any_rows:
        yield _NOT_FOLLOWED


def _namesakes(store: Store, query: SavedQuery, bound: Mapping[str, Any]) -> Iterator[str]:
    """Models of the name of the family or product asked for, of which no source says that they are of it."""
    param = query.front.params.get("model")
    if param is None or "ModelFamily" not in param.labels or bound.get("model") is None:
        return
    named = [row["name"] for row in store.read(_NAMESAKES, **{name: bound[name] for name in ("model", "as_of")})]
    if named:
        first, more = ", ".join(named[:NAMED]), len(named) - NAMED
        yield (
            f"not counted, since each stands by itself: models that bear the name: {first}"
            f"{f' and {more} more' if more > 0 else ''}; ask for each by its own name · "
            f"另有{len(named)}个同名模型各自单列、未计入，请按其名称分别查询"
        )


def _unjudged(store: Store, query: SavedQuery, bound: Mapping[str, Any]) -> Iterator[str]:
    """Of how many services of the register the kind was judged, where rows are asked for by their kind."""
    if not query.front.judged or bound.get("service") is None:
        return
    (row,) = store.read(_JUDGED, as_of=bound["as_of"])
    yield (
        f"the kind was judged of {row['judged']:,} of the {row['whole']:,} services listed by {bound['as_of']}: "
        "what is not listed here is not known not to be there · "
        f"截至{bound['as_of']}名单所列{row['whole']:,}项服务中仅判定了{row['judged']:,}项的类型，未列出不等于没有"
    )


def _end(row: Mapping[str, Any]) -> date:
    return PartialDate.parse(row["until"]).end if row["until"] else date.min


def _named(rows: Sequence[Mapping[str, Any]]) -> str:
    """The first ones by their ids, with their kind where it is asked for, and their days; how many more there are."""
    first = [f"{row['fact_id']} ({', '.join(filter(None, (row.get('relation'), told(row))))})" for row in rows[:SHOWN]]
    more = [f"and {len(rows) - SHOWN} more"] if len(rows) > SHOWN else []
    return ", ".join([*first, *more])
