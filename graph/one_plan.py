"""Statements in the form in which a Neo4j server plans each of them once.

A server keeps a plan for the types of all parameters, and for the magnitude of each text and list among them. A
question that was asked with one option more, or of a longer name, is planned anew, which takes ten times as long as its
rows. All parameters in one map have one type, and the parts of a map are not looked at.
"""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import lru_cache
from typing import Any

from .read_only import QUOTED

#: The one parameter that a server is given.
_GIVEN = "given"
_PARTS = re.compile(QUOTED.pattern + r"|\$(?P<parameter>\w+)", re.DOTALL)


def sent(text: str, params: Mapping[str, Any], engine: str) -> tuple[str, dict[str, Any]]:
    """A statement of ours with its parameters, as that engine is sent them; the embedded one needs no such form."""
    if engine != "neo4j" or not params:
        return text, dict(params)
    return _reworded(text), {_GIVEN: dict(params)}


@lru_cache(maxsize=1024)
def _reworded(text: str) -> str:
    def word(found: re.Match[str]) -> str:
        return f"${_GIVEN}.{found['parameter']}" if found["parameter"] else found[0]

    return _PARTS.sub(word, text)
