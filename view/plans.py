"""A market-entry answer as the page shows it: the answer's own JSON, without what it repeats."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from . import clean

#: Sources shown for a step; the command's JSON has all.
MOST_SOURCES = 6
_LISTS = ("choices", "flips", "horizon", "assumptions", "prohibitions")


def slim(key: str, title: str, company: str, answer: Mapping[str, Any]) -> dict[str, Any]:
    """One plan of the page.

    Args:
        key: `company/service` as it stands in the address.
        title: what the plan is called, in words.
        company: id of the company, or an empty text for a profile.
        answer: what `chinaai paths … --json` prints.
    """
    return {
        "key": key, "title": title, "company": company, "as_of": str(answer.get("as_of") or ""),
        "head": [_words(line) for line in answer.get("head") or []],
        "head_zh": [_words(line) for line in answer.get("head_zh") or []], "closed": _words(answer.get("closed")),
        "plans": [_plan(plan) for plan in answer.get("plans") or []],
        "case": _facts(answer.get("case")),
        **{name: clean.value(answer.get(name) or []) for name in _LISTS},
    }  # fmt: skip


def _plan(plan: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "rank": plan.get("rank"), "strategy": _words(plan.get("strategy")),
        "strategy_zh": _chinese(plan.get("strategy")), "gate": _words(plan.get("gate")),
        "gate_evidence": _words(plan.get("gate_evidence")), "launch": clean.value(plan.get("launch")),
        "steps": [_step(step) for step in plan.get("steps") or []],
        "partners": clean.value(list(plan.get("partners") or [])[:8]),
        "precedents": clean.value(list(plan.get("precedents") or [])[:12]),
    }  # fmt: skip


def _step(step: Mapping[str, Any]) -> dict[str, Any]:
    requirement = step["requirement"]
    duration = step.get("duration") or {}
    return {
        "id": clean.text(requirement["id"]), "name": clean.text(requirement.get("name") or requirement["id"]),
        "name_zh": clean.text(requirement.get("name_zh") or ""), "status": str(step.get("status")),
        "why": _words(step.get("why")), "why_zh": _words(step.get("why_zh")),
        "performer": _words(step.get("performer")),
        "authority": _words(step.get("authority")), "authority_zh": _chinese(step.get("authority")),
        "basis": _words(step.get("basis")),
        "duration": clean.value({k: duration[k] for k in ("min", "typical", "max", "basis", "measures", "n")
                                 if duration.get(k) is not None}),
        "needs": [str(need["id"] if isinstance(need, Mapping) else need) for need in step.get("needs") or []],
        "critical": step.get("critical"), "gaps": [_words(gap) for gap in step.get("gaps") or []],
        "sources": [_source(page) for page in list(step.get("sources") or [])[:MOST_SOURCES]],
    }  # fmt: skip


def _source(page: Any) -> dict[str, Any]:
    if not isinstance(page, Mapping):
        return {"id": clean.text(page)}
    found = {key: clean.text(page[key]) for key in ("id", "publisher", "title", "published") if page.get(key)}
    return {**found, "url": clean.link(page.get("url"))}


def _facts(case: Any) -> list[Any]:
    if isinstance(case, Mapping):
        return [{"fact": key, **(value if isinstance(value, Mapping) else {"value": value})}
                for key, value in clean.value(case).items()]  # type: ignore[union-attr]  # fmt: skip
    return list(clean.value(case or []))  # type: ignore[arg-type]


def _chinese(value: Any) -> str:
    """The Chinese name of a thing, or of several joined; its other name where it has none."""
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "；".join(filter(None, map(_chinese, value)))
    return clean.text(value["name_zh"]) if isinstance(value, Mapping) and value.get("name_zh") else _words(value)


def _words(value: Any) -> str:
    """A value as one line: the name of a thing, several joined, text as it is."""
    if value is None:
        return ""
    if isinstance(value, Mapping):
        for key in ("says", "text", "title", "name", "label", "message", "id"):
            if value.get(key):
                return clean.text(value[key])
        return ", ".join(f"{clean.text(k)} {_words(v)}" for k, v in value.items() if v not in (None, "", []))
    if isinstance(value, Sequence) and not isinstance(value, str):
        return "; ".join(filter(None, (_words(item) for item in value)))
    return clean.text(value)
