"""What the user should know of a name that was found by another form of it."""

from __future__ import annotations

from typing import Any

from ..graph.identity import group_of, only_draft, unlike_registered
from .params import shown


def remark(name: str, key: str, row: dict[str, Any]) -> str:
    """What to say of a name that is found: it has another form, says nothing of a draft, or is a word of a group.

    Args:
        key: the key of the whole name.
        row: the node, with its names.
    """
    return _other_form(name, key, row) or _draft(name, row) or _word(name, row)


def _word(name: str, row: dict[str, Any]) -> str:
    """What to say of a word such as 抖音, by which a group is called beside its own name, and a product of it too."""
    group = group_of(name, [row["name"], row["name_zh"] or ""], [*(row["aliases"] or ()), *(row["legal"] or ())])
    if not group:
        return ""
    who = f"{row['id']} ({row['name']})"
    return f"'{shown(name)}' may mean a product or a part of {group}, which is {who}; asked about {row['id']}"


def _other_form(name: str, key: str, row: dict[str, Any]) -> str:
    """What to say of a name with an English legal form that is none of those under which the company is registered."""
    others = [] if key in row["keys"] else unlike_registered(name, row["legal"] or ())
    if not others:
        return ""
    told = f"'{shown(name)}' is no registered name of {row['id']} ({row['name']}), which is {', '.join(others)}"
    return f"{told}, and may be its parent or another company; asked about {row['id']}"


def _draft(name: str, row: dict[str, Any]) -> str:
    """What to say of a rule that is known as a draft alone, where the name does not say that it asks for one."""
    if not only_draft(name, row["keys"]):
        return ""
    return f"'{shown(name)}' is known as a draft or plan alone; asked about {row['id']} ({row['name']})"
