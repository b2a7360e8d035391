"""A command whose options are given once, with a path where one is asked for, and one form of the answer at a time.

What is given twice would be taken from its last place without a word, one of two forms left out, and an empty path read
as the current folder.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any, cast

import typer
from typer.core import TyperCommand

#: Options that each name the form of the answer. Those of one set can stand together.
_FORMS = {"--json": "json", "--csv": "csv", "--excel": "csv", "--md": "md", "--mermaid": "mermaid"}


class Once(TyperCommand):
    """Refuses an option with a value that stands twice, two forms of one answer, and an empty path."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Raises typer.BadParameter, which names the option."""
        if ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        values, _, given = self.make_parser(ctx).parse_args(args=list(args))
        _refuse(ctx, given)
        left = super().parse_args(ctx, args)
        for one in cast("list[Any]", given):
            if values.get(one.name) == "" and isinstance(ctx.params.get(one.name), Path):
                raise typer.BadParameter("it is empty; give the path of a file or folder", ctx, one)
        return left


def _refuse(ctx: Any, given: list[Any]) -> None:
    for one, times in Counter(given).items():
        if times > 1 and one.param_type_name == "option" and not (one.multiple or one.is_flag):
            raise typer.BadParameter("it is given twice; give it once", ctx, one)
    forms = [one for one in given if one.opts[0] in _FORMS]
    for one in forms:
        if _FORMS[one.opts[0]] != _FORMS[forms[0].opts[0]]:
            raise typer.BadParameter(f"an answer has one form; leave out this or {forms[0].opts[0]}", ctx, one)
