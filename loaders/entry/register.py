"""The rows of the register as evidence on gates reads them, out of what its loader made."""

from __future__ import annotations

from collections import defaultdict
from datetime import date

from ...graph.elements import Batch
from ...graph.entry.gate import Row


def register_rows(batch: Batch) -> list[Row]:
    """One row a filing: its gate, owner class, companies and kinds of service."""
    ends: dict[str, dict[str, list[str]]] = defaultdict(lambda: defaultdict(list))
    for edge in batch.edges:
        if edge.props.get("status") != "denied":
            ends[edge.type][edge.start[1]].append(edge.end[1])
    owners = {node.id: node.props.get("owner_class") for node in batch.nodes if node.label == "LegalEntity"}
    found = []
    for node in batch.nodes:
        if node.label != "Filing":
            continue
        entities = ends["FILED_BY"][node.id]
        classes = {owners.get(entity) for entity in entities} - {None}
        listed = node.props.get("listed")
        place = node.props.get("province")
        found.append(
            Row(
                node.id,
                str(node.props["kind"]),
                None if not classes else "foreign" in classes,
                frozenset(company for entity in entities for company in ends["SUBSIDIARY_OF"][entity]),
                frozenset(k for service in ends["COVERS"][node.id] for k in ends["FOR_SERVICE"][service]),
                listed if isinstance(listed, date) else None,
                str(place) if place else None,
            )
        )
    return found
