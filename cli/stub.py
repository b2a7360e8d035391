"""Write `queries/methods.pyi`, which shows the methods of the questions to editors: `python -m chinaai.cli.stub`."""

from __future__ import annotations

import sys
from pathlib import Path

from .. import face  # noqa: F401 (a question may have no name that its methods have)
from ..queries import methods
from ..queries.params import Param
from ..queries.saved import SavedQuery, catalogue
from .main import in_words

TARGET = Path(methods.__file__).with_suffix(".pyi")
_HEAD = """# Written by `python -m chinaai.cli.stub` from queries/catalogue. Do not edit.
from datetime import date
from typing import Any, Literal

from .answers import Rows
from .params import Param
from .saved import SavedQuery
{imports}

AsOf = date | str | None

def method_name(question: str) -> str: ...
def type_of(param: Param) -> Any: ...
def words(query: SavedQuery) -> str: ...
def ordered(query: SavedQuery) -> list[tuple[str, Param]]: ...
def placed(query: SavedQuery) -> list[str]: ...
def default_of(param: Param) -> Any: ...

class Methods:
    def run(self, name: str, **params: Any) -> Rows[Any]: ...
"""
_TYPES = {"date": "AsOf", "integer": "int", "float": "float", "boolean": "bool"}


def stub() -> str:
    """Text of the file."""
    rows: dict[str, set[str]] = {}
    for query in catalogue().values():
        rows.setdefault(query.row.__module__.rsplit(".", 1)[-1], set()).add(query.row.__name__)
    imports = "\n".join(f"from .{module} import {', '.join(sorted(names))}" for module, names in sorted(rows.items()))
    return _HEAD.format(imports=imports) + "".join(map(_method, catalogue().values()))


def _method(query: SavedQuery) -> str:
    parts = [_parameter(name, param) for name, param in methods.ordered(query)]
    places = len(methods.placed(query))
    parts = ["self", *parts[:places], "*", *parts[places:], "known: AsOf = None"]
    doc = "\n".join(f"        {line}".rstrip() for line in methods.words(query).splitlines()).lstrip()
    head = f"    def {methods.method_name(query.name)}({', '.join(parts)}) -> Rows[{query.row.__name__}]:"
    return f'{head}\n        """{doc}\n        """\n'


def _parameter(name: str, param: Param) -> str:
    kind = f"Literal[{', '.join(map(repr, param.choices))}]" if param.choices else _TYPES.get(param.type, "str")
    if param.needed:
        return f"{name}: {kind}"
    default = methods.default_of(param)
    return f"{name}: {kind}{'' if param.type == 'date' or default is not None else ' | None'} = {default!r}"


def main() -> None:
    """Write it."""
    TARGET.write_text(stub(), encoding="utf-8", newline="\n")
    sys.stderr.write(f"wrote {TARGET}\n")


if __name__ == "__main__":
    in_words(main)
