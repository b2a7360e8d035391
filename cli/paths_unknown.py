"""Which facts that nobody gave are questions of a case."""

from __future__ import annotations

from ..queries.entry.rows import EntryAnswer


def sought(answer: EntryAnswer) -> list[str]:
    """Unknown facts that a plan, a way, a change or law ahead turns on: a chatbot's maker is not asked for cars."""
    turns: set[str] = {flip.fact for flip in answer.flips}
    for plan in answer.plans:
        turns |= {name for step in plan.steps if step.status == "depends" for name in step.facts}
    turns |= {name for choice in answer.choices for way in choice.ways if way.state == "depends" for name in way.facts}
    turns |= {name for row in answer.horizon for name in row.depends}
    return [name for name, fact in answer.case.items() if fact.value is None and name in turns]
