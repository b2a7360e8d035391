"""What the pages of a site group by, and how an entity reads in schema.org's terms."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from . import clean
from .collect import NodeRow

THEMES: tuple[tuple[str, frozenset[str]], ...] = (
    ("Partners and suppliers", frozenset({"PARTNERS_WITH", "SUPPLIES", "USES_SERVICE_OF", "LICENSES_TO", "HOSTS"})),
    ("Models and products", frozenset({
        "EMBEDS", "DEVELOPED", "OFFERS", "OPERATES", "MANUFACTURED", "DERIVED_FROM", "SUCCEEDS", "TRAINED_ON",
        "RUNS_ON", "SUPPORTS", "IN_FAMILY", "LICENSED_UNDER",
    })),
    ("Lists, bans and permits", frozenset({"NAMED_IN", "RESTRICTS", "PERMITS", "REVIEWS", "REGULATES", "APPLIED_TO"})),
    ("Talks, rivals, statements", frozenset({
        "NEGOTIATED_WITH", "CONSIDERED", "DISPUTES_WITH", "COMPETES_WITH", "SPOKE_ABOUT",
    })),
    ("Money and owners", frozenset({
        "INVESTED_IN", "OWNS_STAKE_IN", "ACQUIRED", "SUBSIDIARY_OF", "SPUN_OUT_OF", "LISTED_ON", "MEMBER_OF_INDEX",
        "BENEFITED_FROM",
    })),
    ("People", frozenset({"FOUNDED", "LEADS"})),
)  # fmt: skip
#: Attributes that are told elsewhere on the page, or nowhere.
STRUCTURED = frozenset({"kind", "facts", "conflict", "spec"})
_TYPES = {
    "Company": "Organization", "Fund": "Organization", "LegalEntity": "Organization", "Person": "Person",
    "Authority": "GovernmentOrganization", "Jurisdiction": "AdministrativeArea", "Model": "SoftwareApplication",
    "ModelFamily": "SoftwareApplication", "Product": "Product", "Chip": "Product", "Service": "Service",
    "Instrument": "Legislation", "Article": "Legislation", "Filing": "GovernmentPermit", "Event": "Event",
    "Exchange": "Organization", "Notice": "Report",
}  # fmt: skip


def structured(row: NodeRow, address: str, sources: Sequence[Sequence[Any]]) -> dict[str, Any]:
    """JSON-LD of an entity: schema.org's nearest type, its names, what is the same elsewhere, and its sources."""
    same = []
    wikidata = row.more.get("wikidata")
    if isinstance(wikidata, str) and wikidata.startswith("Q") and wikidata[1:].isdigit():
        same.append(f"https://www.wikidata.org/entity/{wikidata}")
    website = clean.link(row.more.get("website"))
    found: dict[str, Any] = {
        "@context": "https://schema.org", "@type": _TYPES.get(row.label, "Thing"), "@id": address,
        "identifier": row.id, "name": row.name,
        "alternateName": [name for name in dict.fromkeys([row.name_zh, *row.aliases]) if name and name != row.name],
        "url": website, "sameAs": same, "citation": [source[5] for source in sources if source[5]],
    }  # fmt: skip
    return {key: value for key, value in found.items() if value not in (None, [], "")}
