"""A command whose options are given once, together only where each has an effect, and with values that are not empty.

What is given twice would be taken from its last place without a word, one of two forms left out, an option beside
another that leaves it nothing to do would change nothing, and an empty path be read as the current folder.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeVar, cast

import typer
from typer.core import TyperCommand, TyperGroup

#: What typer tells of words that it does not understand; it has it from click, or from a copy of its own.
_UsageError: Any = typer.BadParameter.__base__
Command = TypeVar("Command", bound=Callable[..., None])
#: Options that each name the form of the answer. Those of one set can stand together.
_FORMS = {"--json": "json", "--csv": "csv", "--excel": "csv", "--md": "md", "--mermaid": "mermaid"}


@dataclass(frozen=True)
class _Rule:
    names: frozenset[str]
    beside: frozenset[str]
    without: frozenset[str]


def useless(
    *names: str, beside: Sequence[str] = (), without: Sequence[str] = ()
) -> Callable[[Command], Command]:  # fmt: skip
    """Has a command refuse options that would change nothing: beside one of these others, or without any of those.

    Args:
        names: options as they are written, or the name of an argument.
    """

    def ruled(command: Command) -> Command:
        rule = _Rule(frozenset(names), frozenset(beside), frozenset(without))
        vars(command)["rules"] = (*vars(command).get("rules", ()), rule)
        return command

    return ruled


class Once(TyperCommand):
    """Refuses an option with a value that stands twice, options of which one has no effect, and empty values."""

    def parse_args(self, ctx: Any, args: list[str]) -> list[str]:
        """Raises typer.BadParameter, which names the option."""
        if ctx.resilient_parsing:
            return super().parse_args(ctx, args)
        values, rest, order = self._parsed(ctx, list(args))
        given = [one for one in cast("list[Any]", order) if values.get(one.name) is not None]
        _refuse(ctx, given)
        for one in given:
            _valued(ctx, one, values[one.name])
        if rest and (takes := getattr(self.callback, "takes", ())):
            told = f"it stands behind no option; give it behind {' or '.join(takes)}"
            raise typer.BadParameter(told, ctx, param_hint=f"'{rest[0]}'")
        for rule in getattr(self.callback, "rules", ()):
            _apply(rule, ctx, given)
        left = super().parse_args(ctx, args)
        for one in given:
            value = values[one.name]
            if isinstance(value, str) and not value.strip():
                wanted = "the path of a file or folder" if isinstance(ctx.params.get(one.name), Path) else "a value"
                raise typer.BadParameter(f"it is empty; give {wanted}", ctx, one)
        return left

    def _parsed(self, ctx: Any, args: list[str]) -> Any:
        """Raises what the parser raises; of an option that there is not, with those that may have been meant."""
        try:
            return self.make_parser(ctx).parse_args(args=args)
        except _UsageError as error:
            if hasattr(error, "possibilities"):
                options = [
                    one for one in self.params if one.param_type_name == "option" and not getattr(one, "hidden", False)
                ]
                wanted = [one.opts[0] for one in options if one.required]
                near = [*(error.possibilities or ()), *wanted] or [one.opts[0] for one in options]
                error.possibilities = list(dict.fromkeys(near))
            raise


class Questions(TyperGroup):
    """Commands; of a word that is none, but a question, it tells how that is asked."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Raises typer's error of an unknown command."""
        try:
            return super().resolve_command(ctx, args)
        except _UsageError as error:
            from ..queries.saved import question_names

            if args[0] in question_names():
                told = f"No such command '{args[0]}'. It is a question: chinaai ask {args[0]}"
                raise type(error)(told, ctx=ctx) from None
            raise


class Asked(TyperGroup):
    """Questions; of a word that is none, it tells those that speak of it."""

    def resolve_command(self, ctx: Any, args: list[str]) -> Any:
        """Raises typer's error of an unknown command."""
        try:
            return super().resolve_command(ctx, args)
        except _UsageError as error:
            if "Did you mean" in str(error) or args[0].startswith("-"):
                raise
            from ..queries.saved import speaking_of

            found = speaking_of(args[0])
            hint = f"these speak of it: {', '.join(found)}" if found else "'chinaai ask' lists them"
            raise type(error)(f"There is no question '{args[0]}'; {hint}", ctx=ctx) from None


def _refuse(ctx: Any, given: list[Any]) -> None:
    for one, times in Counter(given).items():
        if times > 1 and one.param_type_name == "option" and not (one.multiple or one.is_flag):
            raise typer.BadParameter("it is given twice; give it once", ctx, one)
    forms = [one for one in given if one.opts[0] in _FORMS]
    for one in forms:
        if _FORMS[one.opts[0]] != _FORMS[forms[0].opts[0]]:
            raise typer.BadParameter(f"an answer has one form; leave out this or {forms[0].opts[0]}", ctx, one)


def _valued(ctx: Any, one: Any, value: Any) -> None:
    """Refuse the name of the next option, which would be taken for the value of this one."""
    options = {word for other in ctx.command.params for word in other.opts if word.startswith("--")}
    for word in [value] if isinstance(value, str) else value if isinstance(value, list | tuple) else ():
        if word in options and one.param_type_name == "option":
            raise typer.BadParameter(f"it has no value: {word} follows at once; write {one.opts[0]} VALUE", ctx, one)


def _apply(rule: _Rule, ctx: Any, given: list[Any]) -> None:
    held = [one for one in given if not rule.names.isdisjoint(one.opts)]
    if not held:
        return
    words = [word for one in given for word in one.opts]
    for other in words:
        if other in rule.beside:
            raise typer.BadParameter(f"it has no effect beside {other}; leave out one of the two", ctx, held[0])
    if rule.without and rule.without.isdisjoint(words):
        wanted = " or ".join(one if one.startswith("-") else one.upper() for one in sorted(rule.without))
        raise typer.BadParameter(f"it has no effect without {wanted}; give that too, or leave this out", ctx, held[0])
