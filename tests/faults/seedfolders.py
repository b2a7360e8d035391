"""Seed folders made for a test: as many facts as wanted, over several types, the same at every call."""

from __future__ import annotations

from pathlib import Path

#: Predicates of the facts in turn, with the kinds of their ends.
_KINDS = [
    ("PARTNERS_WITH", "firm", "firm"),
    ("SUPPLIES", "firm", "firm"),
    ("INVESTED_IN", "firm", "firm"),
    ("COMPETES_WITH", "firm", "firm"),
    ("DEVELOPED", "firm", "model"),
    ("HOSTS", "firm", "model"),
    ("EMBEDS", "product", "model"),
    ("RUNS_ON", "model", "product"),
    ("metric", "firm", ""),
    ("metric", "model", ""),
]


def write_seeds(folder: Path, *, facts: int, edited: int = 0, dropped: int = 0) -> Path:
    """A seeds folder with that many facts; of these the first `edited` say something else, the last ones are gone.

    Facts of the same ends and type occur many times, each with an id of its own.
    """
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "about.yaml").write_text("reviewed: 2026-11-24\nlicence: CC-BY-4.0\n", encoding="utf-8")
    things = max(4, facts // 20)
    lines = ["sources:"]
    lines += [
        f"- {{id: source-{i}, publisher: Paper {i}, published: 2025-02-{i % 27 + 1:02}, kind: news}}" for i in range(50)
    ]
    lines.append("entities:")
    for i in range(things):
        lines.append(f"- {{id: firm-{i}, type: Company, name: Firm {i}, name_zh: 公司{i}, country: CN}}")
        lines.append(f"- {{id: model-{i}, type: Model, name: Model {i}}}")
        lines.append(f"- {{id: product-{i}, type: Product, name: Product {i}}}")
    lines.append("facts:")
    lines += [_fact(i, things, edited) for i in range(facts - dropped)]
    (folder / "all.yaml").write_text("\n".join(lines) + "\n", encoding="utf-8")
    return folder


def _fact(i: int, things: int, edited: int) -> str:
    kind, start, end = _KINDS[i % len(_KINDS)]
    scope = "said anew" if i < edited else f"matter {i}"
    common = f"status: confirmed, announced: 2025-{i % 12 + 1:02}, sources: [source-{i % 50}], scope: {scope}"
    subject = f"{start}-{i % things}"
    if kind == "metric":
        return f"- {{id: fact-{i}, subject: {subject}, metric: {_METRIC[start]}, {common}}}"
    return f"- {{id: fact-{i}, subject: {subject}, predicate: {kind}, object: {end}-{(i + 1) % things}, {common}}}"


_METRIC = {"firm": "market_share, value: 10.5, unit: percent", "model": "released, date: 2025-02-13"}
