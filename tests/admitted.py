"""What the door to the store says of a batch, as a load that is planned is told it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date

from chinaai.graph.elements import Elements
from chinaai.graph.plan import LoadError, make_plan
from chinaai.graph.problems import InputError, Problem
from chinaai.graph.store import Store


def admit(
    elements: Elements, store: Store, *, beside: Mapping[str, str] | None = None, today: date | None = None
) -> list[Problem]:  # fmt: skip
    """Everything that keeps a batch from being loaded; nothing where it may be.

    Args:
        beside: ids and types of nodes that are loaded with it, before it.
        today: that of the machine where none is given.
    """
    try:
        make_plan(store, elements, beside=beside, today=today or date.today())
    except InputError as error:
        return list(error.problems)
    except LoadError:  # it passed, and stands already as somebody else's
        return []
    return []
