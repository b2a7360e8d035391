"""A market-entry route as the page draws it: steps in levels from left to right."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import clean
from .errors import ViewError

_TEXTS = ("title", "title_zh", "authority", "duration", "level")


def route_steps(route: Sequence[Any] | None) -> list[dict[str, Any]]:
    """Clean steps `{id, level, title, title_zh, authority, duration, needs, more}` in order of level.

    Args:
        route: mappings or objects with `level` (int), `id`, `title`, and if known `title_zh`, `authority`,
            `duration` (text) and `needs` (ids of steps that come before); other fields are shown as they are.

    Raises:
        ViewError: a step has no id, an id stands twice, a level is no whole number, or a need is not a step.
    """
    steps = [_step(raw, place) for place, raw in enumerate(route or ())]
    ids = [step["id"] for step in steps]
    for step in steps:
        if ids.count(step["id"]) > 1:
            raise ViewError("a step stands twice in the route", step["id"], "give each step its own id")
        for need in step["needs"]:
            if need not in ids:
                raise ViewError("a step needs one that is not in the route", f"{step['id']} needs {need}")
    return sorted(steps, key=lambda step: step["level"])


def _step(raw: Any, place: int) -> dict[str, Any]:
    data = dict(raw) if isinstance(raw, Mapping) else dict(getattr(raw, "model_dump", lambda: vars(raw))())
    if not data.get("id"):
        raise ViewError("a step of the route has no id", f"step {place + 1}")
    level = data.get("level", place)
    if isinstance(level, bool) or not isinstance(level, int):
        raise ViewError("the level of a step is not a whole number", clean.text(data["id"]))
    texts = {key: clean.text(data.get(key) or "") for key in _TEXTS if key != "level"}
    texts["title"] = texts["title"] or texts["title_zh"] or clean.text(data["id"])
    more = {clean.text(key): clean.value(item) for key, item in data.items()
            if key not in (*_TEXTS, "id", "needs") and item not in (None, "", [], ())}  # fmt: skip
    needs = clean.strings(data.get("needs"))
    return {"id": clean.text(data["id"]), "level": level, **texts, "needs": needs, "more": more}
