"""Filings of the register beside the companies that own them, as compact rows for the page."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from statistics import median
from typing import Any

import networkx as nx

from . import clean
from .collect import Rows


def filings_of(graph: nx.MultiDiGraph) -> list[dict[str, Any]]:
    """One row for each filing with a known owner, and one without an owner for the notice's median.

    Args:
        graph: the whole graph, the register in it.
    Returns:
        `{company, service, number, kind, accepted, listed, days, province, entity, notice, sources}`; company is
        None where the owner is not known. The newest listing comes first.
    """
    rows = []
    for key, data in graph.nodes(data=True):
        if data.get("label") != "Filing" or data.get("retired") is not None:
            continue
        owners, entity, notice = [None], "", ""
        for _, end, edge in graph.out_edges(key, data=True):
            if edge.get("type") == "FILED_BY":
                entity = str(graph.nodes[end].get("name", end))
                found = [
                    owner
                    for _, owner, tie in graph.out_edges(end, data=True)
                    if tie.get("type") == "SUBSIDIARY_OF" and tie.get("status") not in ("denied", "ended")
                ]
                owners = found or owners
            elif edge.get("type") == "PUBLISHED_IN":
                notice = str(end)
        rows += [_row(owner, data, entity, notice) for owner in owners]
    return sorted(rows, key=lambda row: (row["listed"], row["number"]), reverse=True)


def _row(owner: Any, data: Mapping[str, Any], entity: str, notice: str) -> dict[str, Any]:
    return {
        "company": owner, "service": data.get("name"), "number": data.get("number"), "kind": data.get("kind"),
        "accepted": clean.value(data.get("accepted")), "listed": clean.value(data.get("listed")) or "",
        "days": data.get("days_to_listing") or None, "province": data.get("province"),
        "entity": entity, "notice": notice, "sources": list(data.get("sources") or ()),
    }  # fmt: skip


def filed(filings: Iterable[Mapping[str, Any]], rows: Rows) -> dict[str, Any]:
    """The filings of drawn companies by place, and the median wait of each notice and kind with its n."""
    place = {row.id: number for number, row in enumerate(rows.nodes)}
    waits: dict[str, dict[str, int]] = defaultdict(dict)
    mine = []
    for row in filings:
        if row["days"] is not None:
            waits[clean.text(f"{row['notice']}/{row['kind']}")][clean.text(row["number"])] = row["days"]
        company = clean.text(row["company"]) if row["company"] is not None else None
        if company in place:
            mine.append({**{key: clean.value(value) for key, value in row.items()}, "company": place[company],
                         "sources": rows.cite(row["sources"])})  # fmt: skip
    medians = {key: [len(days), median(days.values())] for key, days in waits.items()}
    return {"filings": mine, "medians": medians}
