"""What stands of the seeds and the registers beside them, and lacks what everything of its kind should have."""

from __future__ import annotations

from .build import Shipped

#: What is counted, and the words of `chinaai audit` for it.
MEANS = {
    "models_without_maker": "models of any data set that nobody is said to have made",
    "chips_without_maker": "chips that nobody is said to have made",
    "companies_without_sector": "companies of which no sector is said",
    "tickers_without_listing": "companies with a ticker, and no fact on where they are listed",
    "list_members_not_joined": "names on control lists that look like a known company and are not joined to it",
}
#: Data sets of the control lists.
_LISTS = frozenset({"lists", "cn-lists"})


def holes(shipped: Shipped) -> dict[str, list[str]]:
    """Ids, or printed names, by what is lacking; the keys are those of `MEANS`."""
    nodes = [node for _, loaded in shipped.loaded for node in loaded.batch.nodes]
    edges = [edge for _, loaded in shipped.loaded for edge in loaded.batch.edges]
    made = {edge.end[1] for edge in edges if edge.type == "DEVELOPED"}
    listed = {edge.start[1] for edge in edges if edge.type == "LISTED_ON"}
    companies = [node for node in nodes if node.label == "Company"]
    return {
        "models_without_maker": sorted(node.id for node in nodes if node.label == "Model" and node.id not in made),
        "chips_without_maker": sorted(node.id for node in nodes if node.label == "Chip" and node.id not in made),
        "companies_without_sector": sorted(node.id for node in companies if not node.props.get("sectors")),
        "tickers_without_listing": sorted(
            node.id for node in companies if node.props.get("tickers") and node.id not in listed
        ),
        "list_members_not_joined": sorted(
            f"{near.printed} (like {near.like})"
            for _, loaded in shipped.loaded if loaded.batch.dataset in _LISTS for near in loaded.near
        ),
    }  # fmt: skip
